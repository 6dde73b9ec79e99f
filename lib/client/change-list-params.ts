import {
  createLoader,
  createSerializer,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { LoaderInput } from "nuqs/server";
import type { ChangeListParams } from "../queries/views.ts";

export const changeStates = ["open", "merged", "closed", "all"] as const;

/** The address of the list of changes, in the page's URL and in `/api/v1/changes`. */
export const changeListParsers = {
  state: parseAsStringLiteral(changeStates).withDefault("open"),
  text: parseAsString.withDefault(""),
  page: parseAsInteger.withDefault(1),
};

const pageSize = 50;
const load = createLoader(changeListParsers);
const serialize = createSerializer(changeListParsers);

/** From an address to what the query takes. */
export const loadChangeListParams = (from: LoaderInput): ChangeListParams => toParams(load(from));

/** From the parsed address to what the query takes. */
export const toParams = (address: Omit<ChangeListParams, "pageSize">): ChangeListParams => ({
  ...address,
  page: Math.max(1, address.page),
  pageSize,
});

/** "?…" for these params; "" where all is default. */
export const changeListSearch = ({ state, text, page }: ChangeListParams): string =>
  serialize({ state, text, page });
