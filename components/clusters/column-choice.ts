/** Columns one may take away or add, with their headings; the name stays. */
export const columnWords = {
  state: "State",
  version: "Kubernetes",
  nodes: "Nodes",
  sync: "Sync",
  revision: "Revision",
  environment: "Environment",
  region: "Region",
  team: "Team",
  owner: "Owner",
  template: "Template",
  expires: "Expires",
  seen: "Seen",
} as const;

type ColumnId = keyof typeof columnWords;
export const columnIds = Object.keys(columnWords) as ColumnId[];

/** What is shown to whom never chose. */
const usual: readonly string[] = ["state", "version", "nodes", "sync", "revision", "team", "expires", "seen"];

/** The address decides, then what the person chose before; unknown names are passed over. */
export function shownColumns(
  address: readonly string[] | null,
  remembered: readonly string[] | null,
): ReadonlySet<string> {
  const known = (address ?? remembered ?? usual).filter((id) => id in columnWords);
  return new Set(known.length > 0 ? known : usual);
}
