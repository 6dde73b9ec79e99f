import type { ChangeKind } from "./meta.ts";

const verbs: Record<ChangeKind, string> = {
  create: "Create",
  upgrade: "Upgrade",
  edit: "Edit",
  delete: "Delete",
  other: "Change",
};

/** Title of a pull request and of its commit. */
export const changeTitle = (kind: ChangeKind, cluster: string): string => `${verbs[kind]} ${cluster}`;

/**
 * Branch of a change, named after its id so that a second run finds the first one's branch.
 *
 * @param id hexadecimal, of which the last eight characters are used (a v7 UUID starts with the time)
 */
export function branchName(kind: ChangeKind, cluster: string, id: string): string {
  const short = id.replace(/-/g, "").slice(-8).toLowerCase();
  const name = cluster
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return `fleetwright/${kind}-${name === "" ? "change" : name}-${short}`;
}

/** The commit's message: title, reason, and whom the App opened it for. */
export function commitMessage(title: string, why: string | null, requestedBy: string | null): string {
  const reason = (why ?? "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    .replace(/^(?=[A-Za-z-]+: )/gm, " ")
    .trim();
  return [title, reason, requestedBy === null ? "" : `Requested-by: ${requestedBy}`]
    .filter((part) => part !== "")
    .join("\n\n");
}
