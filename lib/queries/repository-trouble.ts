import type { RepositoryRow } from "../db/repository.ts";

/** Why the forge, or the repository by Git, could not be read at the last try, without a full stop; null where it could. */
export function repositoryTrouble(
  repository: Pick<RepositoryRow, "pollError" | "fetchError"> | null,
): string | null {
  // A pass fetches only what its poll found: where both failed, the poll failed last.
  const sentence = repository?.pollError ?? repository?.fetchError ?? null;
  return sentence === null ? null : sentence.replace(/\.$/, "");
}
