import type { JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";

/** Members of an Event in v1 and what they are called in events.k8s.io/v1 (k8s.io/api, conversion). */
const renamed: [string, string][] = [
  ["involvedObject", "regarding"],
  ["message", "note"],
  ["source", "deprecatedSource"],
  ["firstTimestamp", "deprecatedFirstTimestamp"],
  ["lastTimestamp", "deprecatedLastTimestamp"],
  ["count", "deprecatedCount"],
  ["reportingComponent", "reportingController"],
];

/** One stored Event is served by two groups. */
export function eventInVersion(event: KubeObject, apiVersion: string): KubeObject {
  if (event.apiVersion === apiVersion) return event;
  const toCore = apiVersion === "v1";
  const rest: JsonObject = { ...event };
  for (const [core, events] of renamed) {
    const [from, to] = toCore ? [events, core] : [core, events];
    const value = rest[from];
    Reflect.deleteProperty(rest, from);
    if (value !== undefined) rest[to] = value;
  }
  // Empty texts are left out in the newer group, and are there in the older one (recorded in core).
  if (!toCore)
    for (const name of ["reportingController", "reportingInstance"])
      if (rest[name] === "") Reflect.deleteProperty(rest, name);
  if (toCore) defaultEvent(rest);
  return { ...rest, apiVersion, kind: "Event", metadata: event.metadata };
}

/** What the API server shows for members an Event lacks. */
export function defaultEvent(event: JsonObject): void {
  event["source"] ??= {};
  for (const name of ["firstTimestamp", "lastTimestamp", "eventTime"]) event[name] ??= null;
  for (const name of ["reportingComponent", "reportingInstance"]) event[name] ??= "";
}
