import type { Said, Status } from "../capi/conditions.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** An aggregated condition and what its children would have said it under. */
interface Aggregate {
  said: Said | undefined;
  /** The condition of the children. */
  from: string;
  /** What a child says that is not mentioned. */
  good: Status;
}

interface Bullet {
  kind: string;
  names: string[];
  message: string;
}

/** What stands for the children behind "... (2 more)": no name of theirs was recorded. */
const nameOfRest = (index: number): string => `zzz-rest-${String(index)}`;

/**
 * The children of one kind whose conditions a recorded aggregate reports: a recording that left them out still has
 * what they said. A child nobody mentions is fine; `least` of them exist.
 */
export function childrenOf(kind: string, aggregates: readonly Aggregate[], least: number): Unstructured[] {
  const children = new Map<string, Map<string, Said | undefined>>();
  const bulletsOf = aggregates.map(({ said }) =>
    bullets(said?.message ?? "").filter((each) => each.kind === kind),
  );
  for (const name of bulletsOf.flat().flatMap((each) => each.names)) children.set(name, new Map());
  for (let index = 0; children.size < least; index += 1) children.set(nameOfRest(index), new Map());
  aggregates.forEach(({ said, from, good }, index) => {
    for (const conditions of children.values())
      conditions.set(from, { type: from, status: good, reason: from, message: "" });
    for (const { names, message } of bulletsOf[index] ?? [])
      for (const name of names) children.get(name)?.set(from, childSays(from, message, said, good));
  });
  return [...children].map(([name, conditions]) => ({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind,
    metadata: { name, namespace: "recorded" },
    status: { conditions: [...conditions.values()].filter((each) => each !== undefined) },
  }));
}

function childSays(from: string, message: string, said: Said | undefined, good: Status): Said | undefined {
  if (message === `Condition ${from} not yet reported`) return undefined;
  return { type: from, status: said?.status ?? good, reason: from, message };
}

/** Takes `* Machines a, b, c, ... (2 more):` and the indented lines below it apart. */
function bullets(text: string): Bullet[] {
  const found: Bullet[] = [];
  for (const line of text.split("\n")) {
    const head = /^\* ([A-Za-z]+?)s? ((?:[a-z0-9-]+, )*[a-z0-9-]+)(?:, \.\.\. \((\d+) more\))?:(?: (.*))?$/.exec(line);
    if (head === null) {
      const last = found.at(-1);
      if (last !== undefined) last.message += `${last.message === "" ? "" : "\n"}${line.slice(2)}`;
      continue;
    }
    const [, kind = "", list = "", more = "0", message = ""] = head;
    const rest = Array.from({ length: Number(more) }, (_, index) => nameOfRest(index));
    found.push({ kind, names: [...list.split(", "), ...rest], message });
  }
  // A single message in several lines was made a bullet of its own.
  return found.map((each) => ({ ...each, message: plain(each.message) }));
}

/** `* Scaling up … because:` and two deeper lines were one text before they were put under a name. */
function plain(message: string): string {
  const [first = "", ...rest] = message.split("\n");
  const wasPlain = rest.length > 0 && rest.every((line) => line.startsWith("  ")) && !first.endsWith("Ready:");
  const isPlain = wasPlain && /^\* (Scaling|Rolling out) /.test(first);
  return isPlain ? [first.slice(2), ...rest.map((line) => line.slice(2))].join("\n") : message;
}
