import { Agent, fetch } from "undici";
import type { Kubernetes } from "../../contracts.ts";
import { isObject } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: JsonObject;
}

/** Raw requests to a started server, for tests. */
export interface ApiClient {
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>;
  post(path: string, body: Json): Promise<ApiAnswer>;
  put(path: string, body: Json): Promise<ApiAnswer>;
  patch(path: string, body: Json, type?: string): Promise<ApiAnswer>;
  apply(path: string, body: Json, manager: string, force?: boolean): Promise<ApiAnswer>;
  delete(path: string, body?: Json): Promise<ApiAnswer>;
  /** The objects of a watch as they come, until `enough` is true. */
  watch(path: string, enough: (events: JsonObject[]) => boolean): Promise<JsonObject[]>;
  close(): Promise<void>;
}

export interface ClientIdentity {
  certificate: string;
  key: string;
}

/** `identity` is a bearer token, a client certificate, or nothing. */
export function apiClient(server: Kubernetes, identity?: string | ClientIdentity, prefix = ""): ApiClient {
  const certificate = typeof identity === "object" ? { cert: identity.certificate, key: identity.key } : {};
  const agent = new Agent({ connect: { ca: server.ca, ...certificate } });
  const authorization: Record<string, string> =
    typeof identity === "string" ? { Authorization: `Bearer ${identity}` } : {};
  const url = (path: string) => `${server.url}${prefix}${path}`;
  const call = async (method: string, path: string, body?: Json, headers: Record<string, string> = {}) => {
    const response = await fetch(url(path), {
      method,
      dispatcher: agent,
      headers: { ...authorization, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: new Headers([...response.headers]), text, body: parsed(text) };
  };
  const json = { "Content-Type": "application/json" };
  return {
    get: (path, headers) => call("GET", path, undefined, headers),
    post: (path, body) => call("POST", path, body, json),
    put: (path, body) => call("PUT", path, body, json),
    patch: (path, body, type = "merge-patch+json") =>
      call("PATCH", path, body, { "Content-Type": `application/${type}` }),
    apply: (path, body, manager, force = false) =>
      call("PATCH", `${path}?fieldManager=${manager}&force=${String(force)}`, body, {
        "Content-Type": "application/apply-patch+yaml",
      }),
    delete: (path, body) => call("DELETE", path, body, json),
    async watch(path, enough) {
      const response = await fetch(url(path), { dispatcher: agent, headers: authorization });
      const events: JsonObject[] = [];
      let rest = "";
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) events.push(parsed(line));
        if (enough(events)) break;
      }
      return events;
    },
    close: () => agent.destroy(),
  };
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
