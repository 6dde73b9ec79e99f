import { methodNotAllowed } from "../api-error.ts";
import { groupsOf } from "./discover.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Reply } from "../http/reply.ts";

const common = ["ping", "log", "etcd"];

/** Health checks by endpoint, in the server's order; those of its start-up hooks are left out. */
const checksOf: Record<string, string[]> = {
  healthz: [...common, "autoregister-completion", "loopback-serving-certificate"],
  livez: [...common, "autoregister-completion", "loopback-serving-certificate"],
  readyz: [...common, "etcd-readiness", "autoregister-completion", "informer-sync", "shutdown"],
};

/** `/version`, health and the root; undefined for any other path. */
export function serverPath(request: ApiRequest): Reply | undefined {
  const { path } = request;
  if (path === "/version" || path === "/version/") {
    if (request.method !== "GET") throw methodNotAllowed();
    return { status: 200, body: version(request.cluster.version) };
  }
  if (path === "/") return { status: 200, body: { paths: rootPaths(request) } };
  const [, head = "", check, more] = path.split("/");
  if (checksOf[head] && more === undefined) {
    if (check !== undefined && check !== "" && !checksOf[head].includes(check)) return undefined;
    return { status: 200, text: request.query.has("verbose") ? verbose(request, head) : "ok" };
  }
  return undefined;
}

function rootPaths(request: ApiRequest): string[] {
  const health = Object.entries(checksOf).flatMap(([head, checks]) => [
    `/${head}`,
    ...checks.map((check) => `/${head}/${check}`),
  ]);
  const groups = [...groupsOf(request.cluster)].flatMap(([group, versions]) => [
    `/apis/${group}`,
    ...versions.map((version) => `/apis/${group}/${version}`),
  ]);
  return [
    "/api",
    "/api/v1",
    "/apis",
    "/apis/",
    ...groups,
    ...health,
    "/openapi/v2",
    "/openapi/v3",
    "/version",
  ].sort();
}

function verbose(request: ApiRequest, head: string): string {
  const checks = checksOf[head] ?? [];
  const excluded = request.query.getAll("exclude").filter((name) => !checks.includes(name));
  const warning =
    excluded.length === 0
      ? []
      : [
          `warn: some health checks cannot be excluded: no matches for ${excluded.map((name) => JSON.stringify(name)).join(",")}`,
        ];
  return [...checks.map((check) => `[+]${check} ok`), ...warning, `${head} check passed`, ""].join("\n");
}

/** As a server built from the Go modules says it: without a commit. */
function version(gitVersion: string) {
  const [major = "1", minor = "34"] = gitVersion.replace(/^v/, "").split(".");
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion,
    gitCommit: "$Format:%H$",
    gitTreeState: "",
    buildDate: "1970-01-01T00:00:00Z",
    goVersion: "go1.26.8",
    compiler: "gc",
    platform: "linux/amd64",
  };
}
