import { z } from "zod";

/** The form of a new cluster; the parameters are judged by the template's own JSON Schema. */
export const ClusterRequestInput = z.object({
  template: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "choose a template of the repository"),
  parameters: z.record(z.string().max(64), z.unknown()),
});
export type ClusterRequestInput = z.infer<typeof ClusterRequestInput>;

/** One submission: the key is made when the form is opened, so that a doubled or retried one is the same. */
export const CreateClusterInput = ClusterRequestInput.extend({
  idempotencyKey: z.uuid("reload the form"),
});
export type CreateClusterInput = z.infer<typeof CreateClusterInput>;
