import type { ChangeMeta } from "../domain/change/meta.ts";
import { code, listNames, plain, strong, type TextPart } from "../domain/cluster/text-part.ts";
import type { ChangeDetail, ChangeRow } from "./views.ts";

const providers: Record<string, string> = { aks: "AKS ", "aks-managed": "AKS ", dev: "dev " };
const deeds: Record<string, string> = {
  create: "adds",
  upgrade: "upgrades",
  edit: "changes",
  delete: "deletes",
  other: "changes shared files",
};

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** Who asks for what, in one sentence. */
export function changeLead(row: ChangeRow, meta: ChangeMeta | null, now: Date): TextPart[] {
  const who = strong(row.requestedBy ?? row.author);
  const [cluster] = meta?.clusters ?? [];
  if (row.kind !== "create" || !cluster || row.clusters.length !== 1) return [who, ...deedOf(row)];
  const expires = cluster.expiresAt === null ? Number.NaN : Date.parse(cluster.expiresAt);
  const ephemeral = !Number.isNaN(expires);
  const sort = `${ephemeral ? "an ephemeral" : /^a/i.test(providers[cluster.provider ?? ""] ?? "") ? "an" : "a"} ${providers[cluster.provider ?? ""] ?? ""}cluster`;
  return [
    who,
    plain(` asks for ${sort}`),
    ...(cluster.region === null ? [] : [plain(` in ${cluster.region}`)]),
    ...(cluster.team === null ? [] : [plain(" for "), strong(cluster.team)]),
    ...(ephemeral
      ? [plain(` ${expires < now.getTime() ? "until (past) " : "until "}${day.format(expires)}`)]
      : []),
  ];
}

function deedOf(row: ChangeRow): TextPart[] {
  const deed = deeds[row.kind] ?? "changes";
  if (row.clusters.length === 0) return [plain(` ${deed}`)];
  const several = row.clusters.length > 3;
  return [
    plain(` ${deed} `),
    ...(several ? [strong(`${String(row.clusters.length)} clusters`)] : listNames(row.clusters)),
  ];
}

const dayMs = 86_400_000;

/** What one must know at a glance. */
export function changeBadges(row: ChangeRow, meta: ChangeMeta | null, now: Date): ChangeDetail["badges"] {
  const badges: ChangeDetail["badges"] = reachOf(row);
  if (meta === null) return badges;
  if (meta.cost !== null)
    badges.push({ tone: null, text: [plain("≈ "), strong(meta.cost.replace(/[,(].*$/, "").trim())] });
  const [cluster] = meta.clusters;
  const expires = cluster?.expiresAt ? Date.parse(cluster.expiresAt) : Number.NaN;
  if (!Number.isNaN(expires)) {
    const days = Math.max(
      0,
      Math.ceil((expires - (row.state === "open" ? now.getTime() : Date.parse(row.openedAt))) / dayMs),
    );
    badges.push({
      tone: null,
      text: [plain("Ephemeral · "), strong(`${String(days)} day${days === 1 ? "" : "s"}`)],
    });
  }
  if (cluster?.environment === "production") badges.push({ tone: "attention", text: [plain("Production")] });
  if (meta.template !== null) badges.push({ tone: null, text: [code(meta.template)] });
  return badges;
}

function reachOf({ kind, clusters }: ChangeRow): ChangeDetail["badges"] {
  const count = `${String(clusters.length)} cluster${clusters.length === 1 ? "" : "s"}`;
  if (clusters.length === 0) return [{ tone: "attention", text: [plain("Touches shared files")] }];
  if (kind === "create") {
    return [
      { tone: "waiting", text: [plain(`Adds ${count}`)] },
      { tone: null, text: [plain("Touches no existing cluster")] },
    ];
  }
  if (kind === "delete") return [{ tone: "failed", text: [plain(`Removes files of ${count}`)] }];
  return [{ tone: "attention", text: [plain(`Changes ${count}`)] }];
}
