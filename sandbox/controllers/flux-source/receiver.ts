import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { isNotFound } from "../runtime/api-error.ts";
import { kinds, kindOf } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { Informer } from "../runtime/informer.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Handled } from "../runtime/work-queue.ts";
import { REQUESTED_AT, fluxKinds } from "../flux/flux-kinds.ts";
import { StatusWriter } from "../flux/status-writer.ts";

const specSchema = z.looseObject({
  type: z.string(),
  events: z.array(z.string()).default([]),
  secretRef: z.looseObject({ name: z.string() }).optional(),
  suspend: z.boolean().optional(),
  resources: z.array(
    z.looseObject({
      kind: z.string(),
      name: z.string(),
      namespace: z.string().optional(),
      matchLabels: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

type ReceiverSpec = z.infer<typeof specSchema>;

const TARGETS = new Map(
  [
    fluxKinds.gitRepository,
    fluxKinds.kustomization,
    kindOf("source.toolkit.fluxcd.io/v1", "OCIRepository", "ocirepositories"),
  ].map((kind) => [kind.kind, kind]),
);

const started = process.hrtime.bigint();

/** Gives a Receiver its webhook path: sha256 of token, name and namespace, as notification-controller does. */
export async function reconcileReceiver(client: KubeClient, key: string): Promise<Handled> {
  const { name, namespace = "" } = parseKey(key);
  const object = await client.find(fluxKinds.receiver, name, namespace);
  if (object === undefined || object.metadata.deletionTimestamp !== undefined) return undefined;
  const spec = specSchema.parse(object.spec);
  const status = new StatusWriter(client, fluxKinds.receiver, object);
  try {
    const token = await tokenOf(client, spec, namespace);
    const webhookPath = `/hook/${createHash("sha256")
      .update(token + name + namespace)
      .digest("hex")}`;
    status
      .condition("Ready", "True", "Succeeded", `Receiver initialized for path: ${webhookPath}`)
      .set({ webhookPath, observedGeneration: object.metadata.generation });
    await status.write();
    return { requeueAfterMs: 600_000 };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const secret = spec.secretRef?.name ?? "";
    const message = `unable to read token from secret '${namespace}/${secret}' error: secrets "${secret}" not found`;
    await status.condition("Ready", "False", "TokenNotFound", message).write();
    throw error;
  }
}

/**
 * Answers `POST /hook/…` for the Receivers in the cache: 404 for an unknown path, 400 for a bad signature or an
 * event that is not listed, else asks for the listed objects to be reconciled and answers 200.
 */
export async function answerHook(
  client: KubeClient,
  receivers: Informer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  if (request.method !== "POST" || !path.startsWith("/hook/")) return false;
  const found = receivers
    .list()
    .filter((each) => (each.status as { webhookPath?: string } | undefined)?.webhookPath === path);
  if (found.length === 0) return false;
  const body = await rawBody(request);
  for (const object of found) {
    const spec = specSchema.parse(object.spec);
    const token = await tokenOf(client, spec, object.metadata.namespace ?? "");
    if (spec.suspend === true) continue;
    if (!isSigned(spec.type, token, body, request) || !isListed(spec, request)) {
      response.writeHead(400).end();
      return true;
    }
    await annotateAll(client, spec, object.metadata.namespace ?? "");
  }
  response.writeHead(200).end();
  return true;
}

const bodies = new WeakMap<IncomingMessage, Promise<Buffer>>();

/** The body can be read once, but several clusters' handlers may look at it. */
function rawBody(request: IncomingMessage): Promise<Buffer> {
  const known = bodies.get(request) ?? buffer(request);
  bodies.set(request, known);
  return known;
}

async function tokenOf(client: KubeClient, spec: ReceiverSpec, namespace: string): Promise<string> {
  if (spec.secretRef === undefined) return "";
  const secret = await client.get(kinds.secret, spec.secretRef.name, namespace);
  return Buffer.from((secret.data as { token?: string } | undefined)?.token ?? "", "base64").toString("utf8");
}

function isSigned(type: string, token: string, body: Buffer, request: IncomingMessage): boolean {
  if (type === "generic") return true;
  const names = type === "github" ? ["x-hub-signature-256", "x-hub-signature"] : ["x-signature"];
  const given = names.map((name) => request.headers[name]).find((value) => typeof value === "string");
  const [algorithm, signature] = (typeof given === "string" ? given : "").split("=");
  if (algorithm === undefined || signature === undefined || !/^sha(1|256|512)$/.test(algorithm)) return false;
  const own = createHmac(algorithm, token).update(body).digest();
  const theirs = Buffer.from(signature, "hex");
  return own.length === theirs.length && timingSafeEqual(own, theirs);
}

function isListed(spec: ReceiverSpec, request: IncomingMessage): boolean {
  if (spec.type !== "github" || spec.events.length === 0) return true;
  return spec.events.includes(String(request.headers["x-github-event"]));
}

async function annotateAll(client: KubeClient, spec: ReceiverSpec, ownNamespace: string): Promise<void> {
  const metadata = { annotations: { [REQUESTED_AT]: goTime() } };
  for (const resource of spec.resources) {
    const kind = TARGETS.get(resource.kind);
    if (kind === undefined) continue;
    const namespace = resource.namespace ?? ownNamespace;
    for (const name of await namesOf(client, kind, namespace, resource)) {
      await client.patch(kind, name, namespace, { metadata }).catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    }
  }
}

async function namesOf(
  client: KubeClient,
  kind: Kind,
  namespace: string,
  resource: ReceiverSpec["resources"][number],
): Promise<string[]> {
  if (resource.name !== "*") return [resource.name];
  const labels = Object.entries(resource.matchLabels ?? {});
  const labelSelector = labels.map(([name, value]) => `${name}=${value}`).join(",");
  const { items } = await client.list(kind, { namespace, labelSelector });
  return items.map((item) => item.metadata.name);
}

/** Go's `time.Now().String()`, which notification-controller writes; readers must take it as an opaque string. */
function goTime(): string {
  const now = new Date().toISOString();
  const nanoseconds = process.hrtime.bigint();
  const fraction = `${now.slice(20, 23)}${(nanoseconds % 1_000_000n).toString().padStart(6, "0")}`.replace(
    /0+$/,
    "",
  );
  const monotonic = Number(nanoseconds - started) / 1e9;
  return `${now.slice(0, 10)} ${now.slice(11, 19)}.${fraction} +0000 UTC m=+${monotonic.toFixed(9)}`;
}
