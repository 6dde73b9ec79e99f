/** The mark of the product. */
export function Logo({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 18 18" aria-hidden>
      <path
        d="M2 12.5 9 16l7-3.5M2 8.8l7 3.5 7-3.5"
        fill="none"
        stroke="var(--text-3)"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path d="M9 1.8 16 5.2 9 8.7 2 5.2Z" fill="var(--accent)" />
    </svg>
  );
}
