import { createLoader, createSerializer, parseAsInteger, parseAsString } from "nuqs/server";
import type { LoaderInput } from "nuqs/server";
import type { AuditParams } from "../queries/views.ts";

/** The address of the audit trail, in the page's URL and in `/api/v1/settings/audit`. */
export const auditParsers = {
  person: parseAsString.withDefault(""),
  cluster: parseAsString.withDefault(""),
  change: parseAsInteger,
  page: parseAsInteger.withDefault(1),
};

const pageSize = 50;
/** Largest number the database's column takes. */
const mostChange = 2_147_483_647;
const load = createLoader(auditParsers);
const serialize = createSerializer(auditParsers);

/** From an address to what the query takes. */
export const loadAuditParams = (from: LoaderInput): AuditParams => toAuditParams(load(from));

/** From the parsed address to what the query takes. */
export const toAuditParams = ({ change, page, ...address }: Omit<AuditParams, "pageSize">): AuditParams => ({
  ...address,
  change: change !== null && change > 0 && change <= mostChange ? change : null,
  page: Math.min(Math.max(1, page), 100_000),
  pageSize,
});

/** "?…" for these params; "" where all is default. */
export const auditSearch = ({ person, cluster, change, page }: AuditParams): string =>
  serialize({ person, cluster, change, page });
