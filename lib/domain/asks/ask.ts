import { z } from "zod";

/** What a person may ask an API server through the engine: to show an object, its events, or to reconcile it. */
export const askVerbs = ["object", "events", "reconcile"] as const;
export type AskVerb = (typeof askVerbs)[number];

const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "is no name of a Kubernetes object");

/** One namespaced object of an API server; parsed, for it becomes part of an address. */
export const askTargetSchema = z.object({
  apiVersion: z.string().regex(/^[a-z0-9.-]{1,200}\/[a-z0-9]{1,63}$/),
  kind: z.string().regex(/^[A-Za-z0-9]{1,63}$/),
  namespace: name,
  name,
});
export type AskTarget = z.infer<typeof askTargetSchema>;
