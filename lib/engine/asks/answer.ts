import type { AskTarget, AskVerb } from "../../domain/asks/ask.ts";
import { hideValues } from "../../domain/asks/hide-values.ts";
import { loose, looseList, looseNumber, looseString } from "../../domain/loose.ts";
import type { KubeClient } from "../../kubernetes/client.ts";

/** The annotation Flux's controllers act on (gitops-reference §6). */
const annotation = "reconcile.fluxcd.io/requestedAt";

const event = loose({
  type: looseString,
  reason: looseString,
  message: looseString,
  count: looseNumber,
  lastTimestamp: looseString,
  eventTime: looseString,
  firstTimestamp: looseString,
  involvedObject: loose({ kind: looseString, name: looseString }),
});
const eventList = loose({ items: looseList(event) });
const mostEvents = 200;

export interface AnswerOptions {
  client: KubeClient;
  target: AskTarget;
  /** Plural of the target's kind in addresses. */
  plural: string;
  now: Date;
}

/** One deed per verb; each throws KubeApiError where the API server does not comply. */
export const answers: Record<AskVerb, (options: AnswerOptions) => Promise<unknown>> = {
  object: async ({ client, target, plural }) => hideValues(await client.get(pathOf(target, plural))),
  events: readEvents,
  reconcile: async ({ client, target, plural, now }) => {
    const requestedAt = now.toISOString();
    await client.patch(pathOf(target, plural), { metadata: { annotations: { [annotation]: requestedAt } } });
    return { requestedAt };
  },
};

function pathOf({ apiVersion, namespace, name }: AskTarget, plural: string): string {
  return `/apis/${apiVersion}/namespaces/${namespace}/${plural}/${name}`;
}

async function readEvents({ client, target }: AnswerOptions): Promise<unknown> {
  const query = new URLSearchParams({
    fieldSelector: `involvedObject.kind=${target.kind},involvedObject.name=${target.name}`,
    limit: String(mostEvents),
  });
  const path = `/api/v1/namespaces/${target.namespace}/events?${query.toString()}`;
  const { items } = eventList.parse(await client.get(path));
  return items
    .map((one) => ({
      type: one.type ?? "Normal",
      reason: one.reason ?? "",
      message: one.message ?? "",
      count: one.count ?? 1,
      at: one.lastTimestamp ?? one.eventTime ?? one.firstTimestamp ?? null,
    }))
    .sort((a, b) => (b.at ?? "").localeCompare(a.at ?? ""));
}
