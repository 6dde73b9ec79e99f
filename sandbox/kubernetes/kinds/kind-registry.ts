import type { JsonObject } from "../json.ts";
import { builtinKinds } from "./builtin-kinds.ts";
import { kindOfCrd } from "./crd-kind.ts";
import type { Kind } from "./kind.ts";

const builtins = new Map(builtinKinds.map((kind) => [`${kind.group}/${kind.resource}`, kind]));

/** The kinds of one cluster: the built-in ones, shared by all clusters, and those of its CRDs. */
export class KindRegistry {
  readonly #custom = new Map<string, Kind>();

  define(crd: JsonObject): void {
    const kind = kindOfCrd(crd);
    this.#custom.set(`${kind.group}/${kind.resource}`, kind);
  }

  remove(group: string, resource: string): void {
    this.#custom.delete(`${group}/${resource}`);
  }

  find(group: string, resource: string): Kind | undefined {
    return builtins.get(`${group}/${resource}`) ?? this.#custom.get(`${group}/${resource}`);
  }

  findKind(group: string, kind: string): Kind | undefined {
    for (const candidate of this.all())
      if (candidate.group === group && candidate.kind === kind) return candidate;
    return undefined;
  }

  findByStoreKey(storeKey: string): Kind | undefined {
    return builtins.get(storeKey) ?? this.#custom.get(storeKey);
  }

  *all(): Iterable<Kind> {
    yield* builtins.values();
    yield* this.#custom.values();
  }

  inGroup(group: string): Kind[] {
    return [...this.all()].filter((kind) => kind.group === group);
  }
}
