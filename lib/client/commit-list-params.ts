import { createLoader, createSerializer, parseAsInteger } from "nuqs/server";
import type { LoaderInput } from "nuqs/server";
import type { CommitListParams } from "../queries/commit-views.ts";

/** The address of the list of commits, in the page's URL and in `/api/v1/commits`. */
export const commitListParsers = { page: parseAsInteger.withDefault(1) };

const pageSize = 50;
const load = createLoader(commitListParsers);
const serialize = createSerializer(commitListParsers);

/** From an address to what the query takes. */
export const loadCommitListParams = (from: LoaderInput): CommitListParams => toCommitListParams(load(from));

/** From the parsed address to what the query takes. */
export const toCommitListParams = ({ page }: { page: number }): CommitListParams => ({
  page: Math.min(100_000, Math.max(1, page)),
  pageSize,
});

/** "?…" for these params; "" where all is default. */
export const commitListSearch = ({ page }: CommitListParams): string => serialize({ page });
