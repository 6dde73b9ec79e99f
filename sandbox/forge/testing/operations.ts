interface Reference {
  $ref?: string;
}
interface Content extends Reference {
  content?: Record<string, { schema?: unknown }>;
}
interface Described {
  parameters?: (Reference & { name?: string; in?: string })[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

/** As much of an OpenAPI document as is read here. */
export interface Description {
  paths: Record<string, Record<string, Described>>;
  components: {
    parameters: Record<string, { name: string; in: string }>;
    responses: Record<string, Content>;
  };
}

/** One operation, with JSON pointers to the schemas of its bodies. */
export interface Operation {
  path: string;
  queryNames: ReadonlySet<string>;
  body: string | null;
  /** undefined = no such reply; null = a reply without a JSON body. */
  reply(status: number): string | null | undefined;
}

/** The operation a request means; of several that fit, the one with the fewest parameters in its path. */
export function findOperation(description: Description, method: string, url: string): Operation | null {
  const path = normalPath(url);
  const verb = method.toLowerCase();
  const candidates = Object.keys(description.paths)
    .filter((candidate) => description.paths[candidate]?.[verb] !== undefined)
    .toSorted((a, b) => a.split("{").length - b.split("{").length);
  const found =
    candidates.find((candidate) => pattern(candidate).test(path)) ??
    candidates.find((candidate) => pattern(openEnded(candidate)).test(path));
  return found === undefined ? null : operationAt(description, found, verb);
}

/** Links lead over ids; the description knows only the names. */
function normalPath(url: string): string {
  const path = (url.split("?")[0] ?? "").replace(/^\/api\/v3/, "");
  return path
    .replace(/^\/repositories\/\d+/, "/repos/owner/repo")
    .replace(/^\/organizations\/\d+\/team\/\d+/, "/orgs/org/teams/slug");
}

const patterns = new Map<string, RegExp>();

/** A ref or a path at the end may hold slashes. */
const openEnded = (template: string): string => template.replace(/\{(ref|path|branch)\}$/, "(.+)");

function pattern(template: string): RegExp {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const source = template.replaceAll(/\.(?!\+)/g, String.raw`\.`).replaceAll(/\{[^}]+\}/g, "[^/]+");
  const made = new RegExp(`^${source}$`);
  patterns.set(template, made);
  return made;
}

function operationAt(description: Description, path: string, verb: string): Operation | null {
  const described = description.paths[path]?.[verb];
  if (described === undefined) return null;
  const base = `/paths/${escape(path)}/${verb}`;
  const parameters = (described.parameters ?? []).map((one) =>
    one.$ref === undefined ? one : description.components.parameters[lastOf(one.$ref)],
  );
  const inQuery = parameters.filter((one) => one?.in === "query").map((one) => one?.name ?? "");
  return {
    path,
    queryNames: new Set(inQuery),
    body: jsonSchema(described.requestBody, `${base}/requestBody`),
    reply: (status) => {
      const reply = described.responses[String(status)];
      if (reply?.$ref === undefined) return reply && jsonSchema(reply, `${base}/responses/${String(status)}`);
      const name = lastOf(reply.$ref);
      return jsonSchema(description.components.responses[name], `/components/responses/${name}`);
    },
  };
}

function jsonSchema(holder: Content | undefined, pointer: string): string | null {
  const schema = holder?.content?.["application/json"]?.schema;
  return schema === undefined ? null : `${pointer}/content/application~1json/schema`;
}

const lastOf = (reference: string): string => reference.split("/").at(-1) ?? "";

/** A key as part of a JSON pointer in a URI fragment. */
function escape(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}
