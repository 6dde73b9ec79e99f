import { Webhooks } from "@octokit/webhooks";
import type { Db } from "../../db/client.ts";
import { beginDelivery, endDelivery } from "../../db/deliveries.ts";
import { fail, ok, type Result } from "../../domain/result.ts";

export interface WebhookInput {
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  /** The bytes as received: the signature is over them. */
  rawBody: string;
}

export interface WebhookWorld {
  db: Db;
  secret: string;
  /** The portal's own App: events about checks it wrote itself are no news. */
  appId?: number | null;
  now(): Date;
  /** Told to look again; resolves once that was noted. */
  look(number?: number): void | Promise<void>;
}

/**
 * Takes a delivery: signature, then once per GUID, then "look again" (an event is a hint, the forge's state the
 * truth). Failures: `unauthenticated` for a wrong signature, `invalid` for missing headers or bad JSON.
 */
export async function handleForgeWebhook(
  world: WebhookWorld,
  { headers, rawBody }: WebhookInput,
): Promise<Result<{ again: boolean }>> {
  const guid = headers["x-github-delivery"];
  const event = headers["x-github-event"];
  const signature = headers["x-hub-signature-256"];
  if (!guid || !event || !signature)
    return fail(
      "invalid",
      "Not a webhook delivery: X-GitHub-Delivery, X-GitHub-Event or X-Hub-Signature-256 is missing.",
    );
  const body = headers["content-type"]?.startsWith("application/x-www-form-urlencoded")
    ? (new URLSearchParams(rawBody).get("payload") ?? "")
    : rawBody;
  const genuine = await new Webhooks({ secret: world.secret }).verify(rawBody, signature).catch(() => false);
  if (!genuine) return fail("unauthenticated", "The signature does not match the webhook secret.");
  const payload = parse(body);
  if (payload === null) return fail("invalid", "The body is not JSON.");
  const isNew = await beginDelivery(world.db, { guid, source: "forge", event, digest: signature });
  if (!isNew) return ok({ again: true });
  if (!isOwnCheck(payload, world.appId)) await world.look(numberIn(payload));
  await endDelivery(world.db, guid, world.now());
  return ok({ again: false });
}

function parse(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isOwnCheck(payload: Record<string, unknown>, appId: number | null | undefined): boolean {
  const subject = payload["check_run"] ?? payload["check_suite"];
  if (!isRecord(subject) || !isRecord(subject["app"]) || appId === undefined || appId === null) return false;
  return subject["app"]["id"] === appId;
}

/** The pull request an event is about, if it says so. */
function numberIn(payload: Record<string, unknown>): number | undefined {
  const pull = isRecord(payload["pull_request"]) ? payload["pull_request"] : null;
  const run = isRecord(payload["check_run"]) ? payload["check_run"] : null;
  const pulls: unknown[] = run && Array.isArray(run["pull_requests"]) ? run["pull_requests"] : [];
  const found = pull?.["number"] ?? (isRecord(pulls[0]) ? pulls[0]["number"] : undefined);
  return typeof found === "number" ? found : undefined;
}
