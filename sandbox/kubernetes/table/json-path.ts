import { isObject } from "../json.ts";
import type { Json } from "../json.ts";

const step =
  /\.([A-Za-z0-9_$-]+|\*)|\[(?:'([^']*)'|"([^"]*)"|(-?\d+|\*)|\?\(@\.([\w.]+)\s*==\s*(?:"([^"]*)"|'([^']*)')\))\]|\.((?:\\.|[\w/-])+)/y;

/** The JSONPath that printer columns use: members, indexes, `*` and `[?(@.type=="Ready")]`. */
export function evaluateJsonPath(root: Json, path: string): Json[] {
  let values: Json[] = [root];
  const text = path.startsWith(".") || path.startsWith("[") ? path : `.${path}`;
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return [];
    const [, member, single, double, index, field, equal, equalSingle, escaped] = match;
    const name = member ?? single ?? double ?? escaped?.replaceAll("\\", "");
    if (name !== undefined && name !== "*") values = values.flatMap((value) => childOf(value, name));
    else if (name === "*" || index === "*") values = values.flatMap(childrenOf);
    else if (index !== undefined)
      values = values.flatMap((value) =>
        Array.isArray(value) ? value.slice(Number(index)).slice(0, 1) : [],
      );
    else if (field !== undefined) {
      const wanted = equal ?? equalSingle ?? "";
      values = values.flatMap(childrenOf).filter((item) => evaluateJsonPath(item, `.${field}`)[0] === wanted);
    }
  }
  return values;
}

function childOf(value: Json, name: string): Json[] {
  const child = isObject(value) ? value[name] : undefined;
  return child === undefined ? [] : [child];
}

function childrenOf(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value).filter((child) => child !== undefined) : [];
}
