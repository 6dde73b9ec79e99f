import type { KubeClient } from "../controllers/runtime/kube-client.ts";
import { kindOf } from "../controllers/runtime/kind.ts";
import { waitFor } from "./wait-for.ts";

const receiver = kindOf("notification.toolkit.fluxcd.io/v1", "Receiver", "receivers");

/**
 * Points a repository webhook of the forge at Flux's Receiver, as an administrator would by hand, once the Receiver
 * tells its path: then a merge reaches the management cluster in about a second instead of at the next poll.
 */
export async function connectFluxWebhook(options: {
  client: KubeClient;
  api: string;
  repository: string;
  adminToken: string;
  receiverUrl: string;
  secret: string;
}): Promise<boolean> {
  const path = await waitFor(
    async () => {
      const object = await options.client.get(receiver, "fleet", "flux-system");
      return (object.status as { webhookPath?: string } | undefined)?.webhookPath;
    },
    { timeoutMs: 60_000 },
  );
  if (!path) return false;
  const response = await fetch(`${options.api}/repos/${options.repository}/hooks`, {
    method: "POST",
    headers: { authorization: `Bearer ${options.adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({
      name: "web",
      active: true,
      events: ["push"],
      config: { url: `${options.receiverUrl}${path}`, content_type: "json", secret: options.secret },
    }),
  });
  return response.ok;
}
