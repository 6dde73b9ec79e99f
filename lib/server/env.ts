import { readFileSync } from "node:fs";
import { z } from "zod";

const flag = z.enum(["0", "1", "false", "true"]).transform((value) => value === "1" || value === "true");
const url = z.url().transform((value) => value.replace(/\/+$/, ""));

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  /** A connection that is not pooled per transaction, for LISTEN and leadership; DATABASE_URL where absent. */
  DATABASE_DIRECT_URL: z.string().min(1).optional(),
  /** Where browsers reach the portal. */
  FLEETWRIGHT_URL: url,
  /** ≥ 32 characters: signs cookies and seals forge tokens. */
  FLEETWRIGHT_SECRET: z.string().min(32),
  /** Secrets before it, separated by commas: they only open what they sealed. */
  FLEETWRIGHT_EARLIER_SECRETS: z
    .string()
    .default("")
    .transform((value) => value.split(",").filter((one) => one !== "")),
  /** Org team whose members are platform engineers until fleet.yaml says who is. */
  FLEETWRIGHT_ADMIN_TEAM: z.string().min(1).optional(),
  /** Mirror and caches; can be deleted at any time. */
  FLEETWRIGHT_DATA_DIR: z.string().min(1).default("/var/lib/fleetwright"),
  /** `file:<path>` holding an ISO 8601 time moves the portal's clock, for tests. */
  FLEETWRIGHT_CLOCK: z.string().startsWith("file:").optional(),
  FORGE_NAME: z.string().default("GitHub"),
  /** Where the forge says how it is; linked where it fails. */
  FORGE_STATUS_URL: url.optional(),
  FORGE_URL: url.default("https://github.com"),
  FORGE_API_URL: url.default("https://api.github.com"),
  /** owner/name of the fleet repository. */
  FLEET_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_CLIENT_ID: z.string().min(1),
  GITHUB_CLIENT_SECRET: z.string().min(1),
  GITHUB_APP_ID: z.coerce.number().int().positive().optional(),
  /** PEM; `GITHUB_APP_PRIVATE_KEY_FILE` names a file instead. */
  GITHUB_APP_PRIVATE_KEY: z.string().min(1).optional(),
  GITHUB_APP_PRIVATE_KEY_FILE: z.string().min(1).optional(),
  /** Without an App: a bot's token, scopes `repo read:org`. */
  FORGE_TOKEN: z.string().min(1).optional(),
  GITHUB_WEBHOOK_SECRET: z.string().min(1).optional(),
  /** Key `token` of the Secret of Flux's Provider `generic-hmac`. */
  FLUX_WEBHOOK_SECRET: z.string().min(1).optional(),
  /** Name of the management cluster as shown. */
  MANAGEMENT_CLUSTER: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default("management"),
  /** Path; in-cluster credentials where absent. */
  MANAGEMENT_KUBECONFIG: z.string().min(1).optional(),
  WORKLOAD_ACCESS: z.enum(["token", "kubeconfig", "none"]).default("token"),
  /** Run the engine inside the app (default) or alone by `npm run engine`. */
  FLEETWRIGHT_ENGINE: flag.default(true),
  /** Where an engine that runs alone serves /healthz, /readyz and /metrics; nowhere where absent. */
  FLEETWRIGHT_ENGINE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  KUBECTL: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error"]).default("info"),
});

export type Env = z.infer<typeof schema> & { appPrivateKey: string | null };

/** Reads and checks the environment. Throws one Error that names every wrong variable, never its value. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `- ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(
      `The environment is not complete (docs/reference/configuration.md):\n${lines.join("\n")}`,
    );
  }
  const env = parsed.data;
  const file = env.GITHUB_APP_PRIVATE_KEY_FILE;
  const appPrivateKey = env.GITHUB_APP_PRIVATE_KEY ?? (file ? readFileSync(file, "utf8") : null);
  if (env.GITHUB_APP_ID !== undefined && !appPrivateKey) {
    throw new Error("GITHUB_APP_ID needs GITHUB_APP_PRIVATE_KEY or GITHUB_APP_PRIVATE_KEY_FILE");
  }
  if (env.GITHUB_APP_ID === undefined && !env.FORGE_TOKEN) {
    throw new Error(
      "Set GITHUB_APP_ID with its key, or FORGE_TOKEN (a bot's token) where there is no GitHub App",
    );
  }
  return { ...env, appPrivateKey };
}
