import { createHash } from "node:crypto";
import type { Forge } from "../forge.ts";
import { githubForge } from "./github-forge.ts";
import type { LimitGates } from "./limit-gates.ts";
import { githubClient } from "./octokit.ts";
import { splitFullName } from "./scope.ts";
import type { SenderOptions } from "./sender.ts";

/** Acts with a person's own token: rights are his (decisions §1). Cheap to make, one per request. */
export function githubAsPerson({
  apiUrl,
  fullName,
  token,
  patience,
  gates,
}: {
  apiUrl: string;
  fullName: string;
  token: string;
  /** Instead of the usual; for tests. */
  patience?: Partial<SenderOptions>;
  /** Instead of the process's own; for tests. */
  gates?: LimitGates;
}): Forge {
  const throttleId = createHash("sha256").update(token).digest("hex").slice(0, 16);
  const client = githubClient({ apiUrl, auth: { token }, throttleId, pace: "interactive", patience, gates });
  return githubForge({ client, ...splitFullName(fullName), appId: null, appSlug: null });
}
