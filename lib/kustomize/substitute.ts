import { parse, stringify } from "yaml";
import { idOf, type BuiltObject } from "./built-object.ts";

/** Variables of a postBuild; null = some come from objects that are not in Git, so nothing can be judged. */
export type Variables = Record<string, string> | null;

const expression = /\$\$\{|\$\{([_a-zA-Z]\w*)(?::?([=-])([^}]*))?\}/g;

/** Flux's opt-out, as label or annotation. */
const optOut = "kustomize.toolkit.fluxcd.io/substitute";

class Unset extends Error {}

/**
 * Flux' postBuild substitution, strict (kustomize-controller docs/spec/v1/kustomizations.md): a variable without
 * value and default fails the build; `$${…}` is an escape. Text substitution, as Flux does it, object by object.
 */
export function substitute(
  objects: readonly BuiltObject[],
  variables: Record<string, string>,
): { ok: true; objects: BuiltObject[] } | { ok: false; error: string } {
  if (Object.keys(variables).length === 0) return { ok: true, objects: [...objects] };
  const done: BuiltObject[] = [];
  for (const object of objects) {
    try {
      done.push(substituteOne(object, variables));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        error: `${idOf(object)}: ${error instanceof Unset ? text : `substitution gives no YAML: ${text}`}`,
      };
    }
  }
  return { ok: true, objects: done };
}

function substituteOne(object: BuiltObject, variables: Record<string, string>): BuiltObject {
  const { labels, annotations } = object.metadata;
  if (labels?.[optOut] === "disabled" || annotations?.[optOut] === "disabled") return object;
  const text = stringify(object, { lineWidth: 0 });
  if (!text.includes("${")) return object;
  const replaced = text.replace(
    expression,
    (match: string, name?: string, _kind?: string, fallback?: string) => {
      if (match === "$${" || name === undefined) return "${";
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value !== undefined && (value !== "" || fallback === undefined)) return value;
      if (fallback === undefined) throw new Unset(`variable not set (strict mode): "${name}"`);
      return fallback;
    },
  );
  return parse(replaced) as BuiltObject;
}
