import { testDatabase } from "../../../sandbox/testing/postgres.ts";
import { appendAudit } from "../../db/audit.ts";
import { openDb, type Db } from "../../db/client.ts";
import { owners, teams, type Owner, type Team } from "../../domain/access/testing/matrix.ts";

/** A cluster of each team and each person, with an open change and a row of the trail of each. */
export interface AccessWorld {
  db: Db;
  now: Date;
  /** Name, and ids of the cluster and of its change. */
  of(team: Team, owner: Owner): { name: string; number: number; clusterId: string; changeId: string };
  close(): Promise<void>;
}

const now = new Date("2026-11-24T12:00:00Z");

export async function accessWorld(): Promise<AccessWorld> {
  const database = await testDatabase();
  const db = openDb(database.url, { max: 3 });
  const management = await db.managementCluster.create({
    data: { slug: "m", server: "x", lastContactAt: now },
  });
  const repository = await db.fleetRepository.create({ data: { fullName: "acme/fleet" } });
  const all: ({ team: Team; owner: Owner } & ReturnType<AccessWorld["of"]>)[] = [];
  for (const team of teams) {
    for (const owner of owners) {
      const name = `${team}-of-${owner.replace(".", "-")}`;
      const number = all.length + 1;
      const clusterId = await addCluster(db, management.id, { name, team, owner });
      const changeId = await addChange(db, repository.id, { name, team, number });
      all.push({ team, owner, name, number, clusterId, changeId });
      const deed = { actor: "somebody", action: "change.open", target: `#${String(number)}` } as const;
      await appendAudit(db, [
        { ...deed, key: name, at: now, change: number, cluster: name, ...(team !== "none" && { team }) },
      ]);
    }
  }
  return {
    db,
    now,
    of(team, owner) {
      const found = all.find((one) => one.team === team && one.owner === owner);
      if (!found) throw new Error(`no cluster of ${team} and ${owner}`);
      return found;
    },
    async close() {
      await db.$disconnect();
      await database.close();
    },
  };
}

interface Whose {
  name: string;
  team: Team;
}

async function addCluster(
  db: Db,
  managementClusterId: string,
  { name, team, owner }: Whose & { owner: Owner },
): Promise<string> {
  const axis = { lifecycle: "Ready", lifecycleSince: now, health: "Healthy", healthSince: now };
  const mark = { tone: "healthy", rank: 10, word: "Healthy", markSince: now };
  const where = { managementClusterId, namespace: name, name, team: team === "none" ? null : team, owner };
  const data = { ...where, provider: "AKS", live: true, inGit: true, ...axis, ...mark };
  return (await db.cluster.create({ data })).id;
}

async function addChange(
  db: Db,
  repositoryId: string,
  { name, team, number }: Whose & { number: number },
): Promise<string> {
  const data = {
    ...{ repositoryId, number, title: `Edit ${name}`, body: "", state: "open", author: "somebody" },
    ...{ headRef: "h", headSha: "h", baseRef: "main", baseSha: "b", openedAt: now, updatedAt: now },
    url: `https://forge.example/acme/fleet/pull/${String(number)}`,
    clusters: [name],
    teams: team === "none" ? [] : [team],
  };
  return (await db.change.create({ data })).id;
}
