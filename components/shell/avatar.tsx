/** Two letters for a person; no picture is loaded from elsewhere. */
export function Avatar({ person }: { person: { name: string; login: string } }) {
  const source = person.name.trim() === "" ? person.login : person.name;
  const letters = source
    .split(/[\s.\-_]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  return (
    <span
      aria-hidden
      className="grid size-[18px] flex-none place-items-center rounded-full bg-selected text-[10px] leading-none font-semibold text-accent-text"
    >
      {letters}
    </span>
  );
}
