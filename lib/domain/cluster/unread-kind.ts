import { z } from "zod";

const schema = z.object({
  /** Which API server it cannot be read from. */
  home: z.enum(["management", "workload"]),
  kind: z.string(),
  /** ISO 8601. */
  since: z.string(),
  why: z.string(),
});

/** A kind that the portal cannot read at present: what it shows of it is the last known. */
export type UnreadKind = z.infer<typeof schema>;

/** As the inventory keeps them; anything else is none. */
export const parseUnreadKinds = (value: unknown): UnreadKind[] => z.array(schema).catch([]).parse(value);

/** "Deployments cannot be read: the portal lacks the permission". */
export const unreadSentence = ({ kind, why }: Pick<UnreadKind, "kind" | "why">): string =>
  `${plural(kind)} cannot be read: ${why}`;

const plural = (kind: string): string =>
  kind.endsWith("y") ? `${kind.slice(0, -1)}ies` : kind.endsWith("s") ? kind : `${kind}s`;
