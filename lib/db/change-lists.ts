import type { Actor } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { visibleChanges } from "./shell.ts";

const listed = {
  checks: { orderBy: { name: "asc" } },
  reviews: { orderBy: { submittedAt: "asc" } },
} as const satisfies Prisma.ChangeInclude;

export type ListedChange = Prisma.ChangeGetPayload<{ include: typeof listed }>;

/** Every word must be in title, author, requester, a cluster's name, or be the number. */
function matching(text: string): Prisma.ChangeWhereInput {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, 8);
  return {
    AND: words.map((word) => {
      const contains = { contains: word, mode: "insensitive" } as const;
      const number = /^#?([1-9]\d{0,8})$/.exec(word)?.[1];
      return {
        OR: [
          { title: contains },
          { author: contains },
          { requestedBy: contains },
          { clusters: { has: word } },
          { teams: { has: word } },
          ...(number === undefined ? [] : [{ number: Number(number) }]),
        ],
      };
    }),
  };
}

export interface ChangeListing {
  state: "open" | "merged" | "closed" | "all";
  text: string;
  /** 1-based. */
  page: number;
  pageSize: number;
}

/** One page of changes, newest update first, with counts by state under the same text. */
export async function listVisibleChanges(
  db: Db,
  actor: Actor,
  { state, text, page, pageSize }: ChangeListing,
): Promise<{ rows: ListedChange[]; counts: { open: number; merged: number; closed: number } }> {
  const where: Prisma.ChangeWhereInput = { AND: [visibleChanges(actor), matching(text)] };
  const [rows, groups] = await Promise.all([
    db.change.findMany({
      where: state === "all" ? where : { AND: [where, { state }] },
      include: listed,
      orderBy: [{ updatedAt: "desc" }, { number: "desc" }],
      skip: (Math.max(1, page) - 1) * pageSize,
      take: Math.min(pageSize, 200),
    }),
    db.change.groupBy({ by: ["state"], where, _count: { _all: true } }),
  ]);
  const count = (name: string): number => groups.find((group) => group.state === name)?._count._all ?? 0;
  return { rows, counts: { open: count("open"), merged: count("merged"), closed: count("closed") } };
}

/** Changes that touch one cluster, newest first. */
export async function changesOfCluster(
  db: Db,
  actor: Actor,
  cluster: string,
  limit = 20,
): Promise<ListedChange[]> {
  return db.change.findMany({
    where: { AND: [visibleChanges(actor), { clusters: { has: cluster } }] },
    include: listed,
    orderBy: { number: "desc" },
    take: limit,
  });
}

/** Open changes an actor may see, oldest first. */
export async function openVisibleChanges(db: Db, actor: Actor): Promise<ListedChange[]> {
  return db.change.findMany({
    where: { AND: [visibleChanges(actor), { state: "open" }] },
    include: listed,
    orderBy: { openedAt: "asc" },
  });
}

/** Changes merged since, newest first. */
export async function mergedSince(db: Db, actor: Actor, since: Date, limit: number): Promise<ListedChange[]> {
  return db.change.findMany({
    where: { AND: [visibleChanges(actor), { state: "merged", mergedAt: { gte: since } }] },
    include: listed,
    orderBy: { mergedAt: "desc" },
    take: limit,
  });
}

const detailed = {
  ...listed,
  files: { orderBy: { position: "asc" } },
} as const satisfies Prisma.ChangeInclude;
export type DetailedChange = Prisma.ChangeGetPayload<{ include: typeof detailed }>;

/** One visible change with its files; null where there is none or the scope hides it. */
export async function findVisibleChange(
  db: Db,
  actor: Actor,
  number: number,
): Promise<DetailedChange | null> {
  return db.change.findFirst({ where: { AND: [visibleChanges(actor), { number }] }, include: detailed });
}

/** Live rows of these clusters with their milestones, for journeys. */
export async function clustersWithMilestones(db: Db, names: string[]) {
  return db.cluster.findMany({
    where: { name: { in: names }, deletedAt: null },
    select: {
      name: true,
      namespace: true,
      uid: true,
      lifecycle: true,
      lifecycleDetail: true,
      cause: true,
      tone: true,
      word: true,
      moving: true,
      revision: true,
      milestones: true,
    },
  });
}

export type ClusterWithMilestones = Awaited<ReturnType<typeof clustersWithMilestones>>[number];
