const paths = {
  fleet: "M2 3h5v4H2zM9 3h5v4H9zM2 9h5v4H2zM9 9h5v4H9z",
  clusters: "M2.5 4h11M2.5 8h11M2.5 12h11",
  changes:
    "M4 5.5v5M4 3.5a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM4 10.5a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM12 10.5a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM12 10.5V7a2 2 0 0 0-2-2H7.5M9 3.2 7.2 5 9 6.8",
  commits: "M8 1.5V5M8 11v3.5M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  reconciliation:
    "M13.5 8a5.5 5.5 0 0 1-9.6 3.7M2.5 8a5.5 5.5 0 0 1 9.6-3.7M12.5 1.8v2.7H9.8M3.5 14.2v-2.7h2.7",
  timeline: "M2 4h5M9 4h5M2 8h8M12 8h2M2 12h3M7 12h7",
  versions: "M8 2 14 5 8 8 2 5zM2 8l6 3 6-3M2 11l6 3 6-3",
  settings: "M2 5h6.5M12 5h2M10.25 3.25v3.5M2 11h2M7.5 11H14M5.75 9.25v3.5",
} as const;

export type NavIconName = keyof typeof paths;

/** Line icons of the navigation, 15 px. */
export function NavIcon({ name }: { name: NavIconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="15"
      height="15"
      aria-hidden
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      className="flex-none opacity-85"
    >
      <path d={paths[name]} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}
