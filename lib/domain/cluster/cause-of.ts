import { unreadyObjects } from "../flux/unready-objects.ts";
import { withoutWorkDirectory } from "./known-errors-build.ts";
import { recogniseError } from "./known-errors.ts";
import type { CausalObject } from "./root-causes.ts";

/** Why something is not well: a line for people, and a key that the same cause shares among clusters. */
export interface Cause {
  key: string;
  title: string;
}

/** Cause of a troubled Flux object. */
export function causeOfObject(object: CausalObject): Cause {
  const known = recogniseError(object.message);
  if (known) {
    const scope = known.scope ?? `${object.kind}/${object.name}`;
    return { key: `${known.key}:${scope}`, title: known.title };
  }
  const unready = unreadyObjects(object.message)[0];
  if (unready) {
    const name = `${unready.kind} ${unready.namespace}/${unready.name}`;
    const title = unready.status === "NotFound" ? `${name} does not exist` : `${name} is not ready`;
    return { key: `unready:${name}`, title };
  }
  const about = `${object.kind}/${object.namespace}/${object.name}`;
  if (object.sync === "Blocked") {
    return {
      key: `blocked:${object.blockedBy ?? about}`,
      title: `${object.name} waits for ${object.blockedBy ?? "another"}`,
    };
  }
  if (object.sync === "Behind")
    return { key: `behind:${about}`, title: `${object.name} is behind its source` };
  if (object.sync === "Late")
    return { key: `late:${about}`, title: `${object.name} takes longer than its timeout` };
  if (object.sync === "Stuck") return { key: `stuck:${about}`, title: `${object.name} cannot be deleted` };
  return {
    key: `${object.reason ?? "failed"}:${about}`,
    title: firstSentence(object.message) ?? `${object.name} fails`,
  };
}

/** How the portal reads an API server that Cluster API calls unreachable. */
export interface Readable {
  slow: boolean;
}

/**
 * Cause of a cluster that Cluster API or its provider reports as not well. Of one that the portal reads all the same
 * (`readable`) nobody may say that it does not answer: it does not answer Cluster API, whose probe waits a few seconds.
 */
export function causeOfHealth(
  health: string,
  reason: string | null,
  message: string | null,
  readable: Readable | null = null,
): Cause {
  if (health === "Unreachable" && readable !== null) {
    const title = readable.slow
      ? "Cluster API’s probe gives up, the portal still reads it, slowly"
      : "Cluster API’s probe gets no answer, the portal still reads it";
    return { key: "unreachable:read", title };
  }
  const known = recogniseError(`${reason ?? ""} ${message ?? ""}`);
  if (known) {
    const key = known.scope === null ? known.key : `${known.key}:${known.scope}`;
    return { key, title: known.title };
  }
  if (health === "Unreachable") return { key: "unreachable", title: "API server does not answer" };
  return { key: `${health}:${reason ?? ""}`, title: firstSentence(message) ?? reason ?? health };
}

const maxLength = 140;
const maxReason = 100;

/** The first line, at most 140 characters: causes are read at a glance, the whole text is on the page. */
export function firstSentence(message: string | null): string | null {
  const line = withoutWorkDirectory((message ?? "").replace(/^\* /, ""))
    .split("\n")[0]
    ?.trim();
  if (!line) return null;
  return line.length > maxLength ? shorten(line) : line;
}

/** Errors of Go programs are chains (`a: b: c`) that end with the reason: those are cut before it, not in it. */
function shorten(line: string): string {
  const end = line.slice(-maxReason);
  const start = end.indexOf(": ");
  const chain = start !== -1 && line.split(": ").length > 2 && !line.includes(". ");
  if (!chain) return `${line.slice(0, maxLength - 1)}…`;
  const reason = end.slice(start);
  return `${line.slice(0, maxLength - reason.length - 1)}…${reason}`;
}
