import { z } from "zod";
import type { Mark } from "../domain/cluster/mark.ts";
import type { MissingRule } from "./missing-rules.ts";
import type { KindView } from "./views.ts";

const marks: Record<string, Mark> = {
  synced: { tone: "healthy", word: "Synced" },
  waiting: { tone: "waiting", word: "Waiting" },
  absent: { tone: "waiting", word: "Not served" },
  forbidden: { tone: "attention", word: "No permission" },
  failing: { tone: "failed", word: "Failing" },
};
const unknown: Mark = { tone: "unknown", word: "Unknown" };

const stored = z.object({
  kind: z.string(),
  group: z.string().catch(""),
  version: z.string().nullable().catch(null),
  state: z.string().catch(""),
  message: z.string().nullable().catch(null),
  missingRule: z
    .object({ apiGroup: z.string(), resource: z.string(), verbs: z.array(z.string()) })
    .nullable()
    .catch(null),
});

/** The engine's account of each kind as it is shown, trouble first, and the rules it lacks; odd entries are left out. */
export function readKinds(value: unknown): { kinds: KindView[]; missing: MissingRule[] } {
  const found = (Array.isArray(value) ? value : []).flatMap((one) => stored.safeParse(one).data ?? []);
  const kinds = found.map(({ kind, group, version, message, state }) => ({
    ...{ kind, group, version, message },
    mark: marks[state] ?? unknown,
  }));
  const order = ["failed", "attention", "unknown", "waiting", "healthy"];
  kinds.sort(
    (a, b) => order.indexOf(a.mark.tone) - order.indexOf(b.mark.tone) || a.kind.localeCompare(b.kind),
  );
  return { kinds, missing: found.flatMap(({ missingRule }) => missingRule ?? []) };
}
