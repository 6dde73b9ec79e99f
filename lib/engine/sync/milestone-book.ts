import type { MilestoneData } from "../../db/inventory-rows.ts";
import { firstCommits } from "../../db/load-inventory.ts";
import type { Changes } from "./batch.ts";
import { fetchedPosition } from "./fetched-position.ts";
import { milestonesOf } from "./milestones.ts";
import type { ObjectCache } from "./object-cache.ts";
import type { SyncSettings } from "./options.ts";
import type { Projection } from "./projection.ts";

/** Which steps of which cluster's life are written: each is written once, when it is first seen. */
export class MilestoneBook {
  readonly #written: Set<string>;

  /** Takes the keys of what the database has. */
  constructor(written: Set<string>) {
    this.#written = written;
  }

  /** Steps reached by now and not yet written. Throws where the database does not answer. */
  async fresh(
    { db, git, now }: Pick<SyncSettings, "db" | "git"> & { now: Date },
    cache: ObjectCache,
    projections: readonly Projection[],
  ): Promise<MilestoneData[]> {
    const unmerged = projections.filter(
      ({ record: { row } }) =>
        row.inGit && ["merged", "fetched"].some((step) => !this.#written.has(`${row.id}||${step}`)),
    );
    const commits = await firstCommits(
      db,
      unmerged.map(({ record }) => record.row.name),
    );
    return projections
      .filter(({ record }) => record.row.deletedAt === null)
      .flatMap((projection) => {
        const { row } = projection.record;
        const merged = row.inGit ? (commits.get(row.name) ?? null) : null;
        const fetched = fetchedPosition(cache, projection.objects, (sha) => git.position(sha));
        return milestonesOf({ ...projection, merged, fetchedPosition: fetched, now });
      })
      .filter((milestone) => !this.#written.has(keyOf(milestone)));
  }

  /** Remembers what was written, and forgets the early steps of lives that ended. */
  learn({ milestones, ended }: Pick<Changes, "milestones" | "ended">): void {
    for (const milestone of milestones) this.#written.add(keyOf(milestone));
    for (const { clusterId } of ended) {
      for (const key of this.#written) if (key.startsWith(`${clusterId}||`)) this.#written.delete(key);
    }
  }
}

const keyOf = ({ clusterId, uid, step }: MilestoneData): string => `${clusterId}|${uid}|${step}`;
