import { isObject } from "../json.ts";
import type { Json } from "../json.ts";

const step =
  /\.([A-Za-z0-9_$-]+|\*)|\[(?:'([^']*)'|"([^"]*)"|(-?\d+|\*)|\?\(@\.([\w.]+)\s*==\s*(?:"([^"]*)"|'([^']*)')\))\]|\.((?:\\.|[\w/-])+)/y;

/** The JSONPath that printer columns use: members, indexes, `*` and `[?(@.type=="Ready")]`. */
export function evaluateJsonPath(root: Json, path: string): Json[] {
  let values: Json[] = [root];
  for (const match of stepsOf(path)) {
    const [, member, single, double, index, field, equal, equalSingle, escaped] = match;
    const name = member ?? single ?? double ?? escaped?.replaceAll("\\", "");
    if (name === "*" || index === "*") values = values.flatMap(childrenOf);
    else if (name !== undefined) values = values.flatMap((value) => childOf(value, name));
    else if (index !== undefined) values = values.flatMap((value) => itemOf(value, Number(index)));
    else if (field !== undefined) {
      const wanted = equal ?? equalSingle ?? "";
      values = values.flatMap(childrenOf).filter((item) => evaluateJsonPath(item, `.${field}`)[0] === wanted);
    }
  }
  return values;
}

const parsed = new Map<string, RegExpExecArray[]>();

/** The steps of a path. @throws Error when it cannot be read. */
function stepsOf(path: string): RegExpExecArray[] {
  const known = parsed.get(path);
  if (known) return known;
  const text = path.startsWith(".") || path.startsWith("[") ? path : `.${path}`;
  const steps: RegExpExecArray[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) throw new Error(`cannot read the JSONPath ${path}`);
    steps.push(match);
  }
  parsed.set(path, steps);
  return steps;
}

function itemOf(value: Json, index: number): Json[] {
  const item = Array.isArray(value) ? value.at(index) : undefined;
  return item === undefined ? [] : [item];
}

function childOf(value: Json, name: string): Json[] {
  const child = isObject(value) ? value[name] : undefined;
  return child === undefined ? [] : [child];
}

function childrenOf(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value).filter((child) => child !== undefined) : [];
}
