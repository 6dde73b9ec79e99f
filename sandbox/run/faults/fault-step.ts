import { z } from "zod";

/**
 * One thing done to the demo, as data: so that what turns a fault off can be noted and done by a later process.
 *
 * - `annotate`: adds or takes one word of a comma-separated annotation of an object of the management cluster.
 * - `api`: the control endpoint of the API servers; `target` is `management` or `clusters/<namespace>/<name>`.
 * - `forge`: the forge's control endpoint, below `/_sandbox/`.
 * - `commit`: a file of the fleet repository's default branch, past its protection; null deletes it.
 * - `reconcile`: asks Flux on a cluster (null = management) to look at a Kustomization or GitRepository now.
 * - `database`: lets nobody connect to the portal's database, or everybody again.
 */
export const stepSchema = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("annotate"),
    cluster: z.string(),
    annotation: z.string(),
    word: z.string(),
    on: z.boolean(),
  }),
  z.object({
    do: z.literal("api"),
    method: z.enum(["PUT", "POST"]),
    target: z.string(),
    what: z.enum(["fault", "cut", "compact"]),
    body: z.record(z.string(), z.unknown()),
  }),
  z.object({
    do: z.literal("forge"),
    method: z.enum(["POST", "PUT", "DELETE"]),
    path: z.string(),
    body: z.record(z.string(), z.unknown()).nullable(),
  }),
  z.object({
    do: z.literal("commit"),
    path: z.string(),
    /** What to write; null deletes the file. */
    content: z.string().nullable(),
    message: z.string(),
  }),
  z.object({
    do: z.literal("reconcile"),
    cluster: z.string().nullable(),
    kind: z.enum(["Kustomization", "GitRepository"]),
    namespace: z.string(),
    name: z.string(),
  }),
  z.object({ do: z.literal("database"), open: z.boolean() }),
]);
export type FaultStep = z.infer<typeof stepSchema>;
