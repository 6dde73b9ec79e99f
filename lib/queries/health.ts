import { readDatabaseHealth, readHealth } from "../db/health.ts";
import { can } from "../domain/access/can.ts";
import type { Mark } from "../domain/cluster/mark.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import type { ReadContext } from "./context.ts";
import { readKinds } from "./health-kinds.ts";
import { parseRules, renderRules } from "./missing-rules.ts";
import { texts } from "./texts.ts";
import type { HealthView } from "./views.ts";

type Read = Awaited<ReturnType<typeof readHealth>>;

/** Silence after which a source is not called well any more: of the API server, of the forge. */
const staleMs = { management: 120_000, forge: 15 * 60_000 };
const slowDatabaseMs = 500;

/** How the portal's sources and its own parts are; null for who may not know (platform engineers may). */
export async function getHealth({ db, actor, now, forgeUrl }: ReadContext): Promise<HealthView | null> {
  if (!can(actor, "see-health", "settings").yes) return null;
  const [read, database] = await Promise.all([readHealth(db), readDatabaseHealth(db)]);
  return {
    management: managementOf(read, now),
    forge: forgeOf(read, now, forgeUrl ?? ""),
    workloads: workloadsOf(read),
    database: {
      ...database,
      mark:
        database.answeredMs > slowDatabaseMs
          ? { tone: "attention", word: "Slow" }
          : { tone: "healthy", word: "Answers" },
    },
  };
}

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
const older = (at: Date | null, now: Date, ms: number): boolean =>
  at === null || now.getTime() - at.getTime() > ms;

function managementOf({ management }: Read, now: Date): HealthView["management"] {
  if (!management) return null;
  const { kinds, missing } = readKinds(management.kinds);
  const mark = ((): Mark => {
    if (older(management.lastContactAt, now, staleMs.management)) {
      return management.lastContactAt === null
        ? { tone: "waiting", word: "Not heard from yet" }
        : { tone: "unknown", word: "Silent" };
    }
    if (management.contactError !== null) return { tone: "failed", word: "Not answering" };
    if (management.syncedAt === null) return { tone: "progress", word: "First sync" };
    if (kinds.some(({ mark: { tone } }) => tone === "failed")) return { tone: "attention", word: "In part" };
    return missing.length > 0
      ? { tone: "attention", word: "Permissions missing" }
      : { tone: "healthy", word: "Synced" };
  })();
  return {
    slug: management.slug,
    server: management.server,
    mark,
    leader: management.leader,
    leaderSince: iso(management.leaderAt),
    lastContactAt: iso(management.lastContactAt),
    error: management.contactError,
    syncedAt: iso(management.syncedAt),
    missedByWatch: management.missedByWatch,
    kinds,
    missingRules: renderRules(missing),
  };
}

function forgeOf({ repository, deliveries }: Read, now: Date, forgeUrl: string): HealthView["forge"] {
  if (!repository) return null;
  const gaps = [...texts(repository.protection), ...texts(repository.problems)];
  const mark = ((): Mark => {
    if ((repository.fetchError ?? repository.pollError) !== null) return { tone: "failed", word: "Failing" };
    if (repository.polledAt === null) return { tone: "waiting", word: "Not read yet" };
    if (older(repository.polledAt, now, staleMs.forge)) return { tone: "unknown", word: "Silent" };
    return gaps.length > 0 ? { tone: "attention", word: "Gaps" } : { tone: "healthy", word: "Read" };
  })();
  return {
    fullName: repository.fullName,
    url: `${forgeUrl}/${repository.fullName}`,
    mark,
    fetchedAt: iso(repository.fetchedAt),
    fetchError: repository.fetchError,
    polledAt: iso(repository.polledAt),
    pollError: repository.pollError,
    webhooks: ["forge", "flux"].map((source) => ({ source, at: iso(deliveries.get(source)) })),
    gaps,
  };
}

function workloadsOf({ broken, lacking, contacts }: Read): HealthView["workloads"] {
  const linkTo = (row: { namespace: string; name: string }) => ({ slug: clusterSlug(row), name: row.name });
  const byRules = new Map<string, { slug: string; name: string }[]>();
  for (const row of lacking) {
    const rules = renderRules(parseRules(row.missingRules));
    if (rules !== null) byRules.set(rules, [...(byRules.get(rules) ?? []), linkTo(row)]);
  }
  return {
    readable: contacts.get("ok") ?? 0,
    total: [...contacts.values()].reduce((sum, count) => sum + count, 0),
    broken: broken.map((row) => ({
      ...linkTo(row),
      mark:
        row.contact === "unreachable"
          ? { tone: "unknown", word: "Unreachable" }
          : { tone: "attention", word: "Not readable" },
      message: row.contactMessage,
      since: iso(row.contactSince),
      lastSeenAt: iso(row.lastSeenAt),
    })),
    missing: [...byRules].map(([rules, clusters]) => ({ rules, clusters })),
  };
}
