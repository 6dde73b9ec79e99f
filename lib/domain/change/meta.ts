import { z } from "zod";

const changeKinds = ["create", "upgrade", "edit", "delete", "other"] as const;
export type ChangeKind = (typeof changeKinds)[number];

const text = z.string().nullable().catch(null);

/** One parameter as shown: label, value, and whether it is set in mono. */
const parameter = z.object({ label: z.string(), value: z.string(), mono: z.boolean().catch(false) });

/** What the change makes of a cluster, as far as the page says it. */
const clusterFacts = z.object({
  name: z.string(),
  environment: text,
  region: text,
  team: text,
  owner: text,
  expiresAt: text,
  provider: text,
  version: text,
});

/**
 * What we write into the hidden comment of a pull request's body and read back: the pull request is the record,
 * the database only a copy. A stranger can write it too, so it informs and never authorises.
 */
export const ChangeMeta = z.object({
  v: z.literal(1),
  kind: z.enum(changeKinds).catch("other"),
  intent: z.string(),
  requestedBy: text,
  team: text,
  template: text,
  why: text,
  parameters: z.array(parameter).catch([]),
  /** As a sentence ("412 to 530 EUR a month"), null when unknown. */
  cost: text,
  clusters: z.array(clusterFacts).catch([]),
  /** Of the files; a commit of somebody else on the branch no longer matches it. */
  contentHash: text,
});
export type ChangeMeta = z.infer<typeof ChangeMeta>;
export type ChangeParameter = z.infer<typeof parameter>;

/** What is stored beside a change: the meta of its body, if it is ours, and what each file's change means. */
export function readStoredMeta(stored: unknown): { meta: ChangeMeta | null; notes: Record<string, string> } {
  const meta = ChangeMeta.safeParse(stored);
  const notes = z.object({ notes: z.record(z.string(), z.string()) }).safeParse(stored);
  return { meta: meta.success ? meta.data : null, notes: notes.success ? notes.data.notes : {} };
}
