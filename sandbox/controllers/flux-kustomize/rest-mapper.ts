import { ApiError, isNotFound } from "../runtime/api-error.ts";
import { kindOf } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import { goNetworkError, isNetworkError } from "../flux/go-network-error.ts";

interface Resource {
  name: string;
  kind: string;
  namespaced: boolean;
}

interface Known {
  at: number;
  kinds: Promise<Map<string, Kind>>;
}

const FRESH_MS = 600_000;
/** An unknown kind may have been installed just now; ask again, but not in a loop. */
const ASK_AGAIN_MS = 500;

/** Finds how a kind is served, by discovery, as client-go's REST mapper does. */
export class RestMapper {
  readonly #client: KubeClient;
  readonly #groups = new Map<string, Known>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** The Kind; throws in Go's words when it is not served or the server cannot be reached. */
  async find(apiVersion: string, kind: string): Promise<Kind> {
    const found = (await this.#group(apiVersion, FRESH_MS)).get(kind);
    if (found !== undefined) return found;
    const again = (await this.#group(apiVersion, ASK_AGAIN_MS)).get(kind);
    if (again !== undefined) return again;
    throw new Error(`no matches for kind "${kind}" in version "${apiVersion}"`);
  }

  /** The Kind of an inventory entry; undefined when it is not served any more. */
  async findOrNone(apiVersion: string, kind: string): Promise<Kind | undefined> {
    try {
      return await this.find(apiVersion, kind);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("no matches")) return undefined;
      throw error;
    }
  }

  /** Forgets what is served: definitions have just been installed. */
  forget(): void {
    this.#groups.clear();
  }

  #group(apiVersion: string, maxAgeMs: number): Promise<Map<string, Kind>> {
    const known = this.#groups.get(apiVersion);
    if (known !== undefined && Date.now() - known.at < maxAgeMs) return known.kinds;
    const asked = { at: Date.now(), kinds: this.#ask(apiVersion) };
    this.#groups.set(apiVersion, asked);
    asked.kinds.catch(() => this.#groups.delete(apiVersion));
    return asked.kinds;
  }

  async #ask(apiVersion: string): Promise<Map<string, Kind>> {
    const path = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    try {
      const list = (await this.#client.raw({ method: "GET", path })) as { resources: Resource[] };
      const whole = list.resources.filter((resource) => !resource.name.includes("/"));
      return new Map(
        whole.map((each) => [each.kind, kindOf(apiVersion, each.kind, each.name, each.namespaced)]),
      );
    } catch (error) {
      if (isNotFound(error)) return new Map();
      throw discoveryError(this.#client, error);
    }
  }
}

function discoveryError(client: KubeClient, error: unknown): Error {
  const prefix = "failed to get server groups";
  if (error instanceof ApiError)
    return new ApiError(error.status, error.reason, `${prefix}: ${error.message}`);
  if (!isNetworkError(error)) return error instanceof Error ? error : new Error(String(error));
  const url = new URL(client.connection.server);
  const asked = `${client.connection.server.replace(/\/$/, "")}/api?timeout=30s`;
  return new Error(`${prefix}: Get "${asked}": ${goNetworkError(url, error)}`, { cause: error });
}
