/** What nothing else explains: one object, or the members of a ring that wait for each other. */
export interface Root {
  members: readonly string[];
  cycle: boolean;
}

/**
 * For each id the roots behind it, over any number of steps. A ring of objects that wait for each other is one root
 * unless a way leads out of it (strongly connected components after Tarjan, without recursion: chains may be long).
 */
export function findRoots(
  ids: readonly string[],
  waitsFor: (id: string) => readonly string[],
): Map<string, readonly Root[]> {
  const componentOf = components(ids, waitsFor);
  const rootsOf = new Map<readonly string[], readonly Root[]>();
  // Components come out with what they wait for before them.
  for (const members of new Set(componentOf.values())) {
    const beyond = new Set(
      members
        .flatMap((id) => waitsFor(id))
        .flatMap((id) => {
          const other = componentOf.get(id);
          return other && other !== members ? [other] : [];
        }),
    );
    const roots = new Set([...beyond].flatMap((other) => rootsOf.get(other) ?? []));
    const self = {
      members,
      cycle: members.length > 1 || waitsFor(members[0] ?? "").includes(members[0] ?? ""),
    };
    rootsOf.set(members, beyond.size === 0 ? [self] : [...roots]);
  }
  return new Map([...componentOf].map(([id, members]) => [id, rootsOf.get(members) ?? []]));
}

interface Frame {
  id: string;
  next: number;
}

function components(
  ids: readonly string[],
  waitsFor: (id: string) => readonly string[],
): Map<string, readonly string[]> {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found = new Map<string, readonly string[]>();
  const lower = (id: string, to: number) => low.set(id, Math.min(low.get(id) ?? to, to));
  const frames: Frame[] = [];
  const enter = (id: string) => {
    order.set(id, order.size);
    low.set(id, order.get(id) ?? 0);
    stack.push(id);
    frames.push({ id, next: 0 });
  };
  const leave = (id: string) => {
    const parent = frames.at(-1);
    if (parent) lower(parent.id, low.get(id) ?? 0);
    if (low.get(id) !== order.get(id)) return;
    const members = stack.splice(stack.lastIndexOf(id)).sort();
    for (const member of members) found.set(member, members);
  };
  for (const start of ids) {
    if (!order.has(start)) enter(start);
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const other = waitsFor(frame.id)[frame.next++];
      if (other === undefined) {
        frames.pop();
        leave(frame.id);
      } else if (!order.has(other)) enter(other);
      else if (!found.has(other)) lower(frame.id, order.get(other) ?? 0);
    }
  }
  return found;
}
