import { writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { Kubernetes, KubernetesUser, Running } from "../contracts.ts";
import type { KubeClient } from "../controllers/runtime/kube-client.ts";

interface Kubeconfig {
  clusters: { name: string; cluster: object }[];
  users: { name: string; user: object }[];
  contexts: { name: string; context: { cluster: string; user: string } }[];
}

const everyMs = 3_000;

/**
 * Keeps one kubeconfig for people: context `name` is the management cluster and current, and there is one context
 * per workload cluster, named like it, as they come and go.
 */
export async function keepKubeconfig(options: {
  file: string;
  name: string;
  kubernetes: Kubernetes;
  admin: KubernetesUser;
  client: KubeClient;
}): Promise<Running> {
  const { file, name, kubernetes, admin, client } = options;
  let written = "";
  const refresh = async (): Promise<void> => {
    const clusters = (await client.raw({ method: "GET", path: "/sandbox/clusters" })) as {
      namespace: string;
      name: string;
    }[];
    const parts = [
      renamed(kubernetes.kubeconfig(admin), name),
      ...clusters.map((each) => renamed(kubernetes.workloadKubeconfig(each.namespace, each.name), each.name)),
    ];
    const text = stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": name,
      clusters: parts.flatMap((part) => part.clusters),
      users: parts.flatMap((part) => part.users),
      contexts: parts.flatMap((part) => part.contexts),
    });
    if (text !== written) writeFileSync(file, text, { mode: 0o600 });
    written = text;
  };
  await refresh();
  const timer = setInterval(() => void refresh().catch(() => undefined), everyMs);
  return {
    close: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

function renamed(text: string, name: string): Kubeconfig {
  const config = parse(text) as Kubeconfig;
  const user = `${name}-admin`;
  return {
    clusters: config.clusters.map(({ cluster }) => ({ name, cluster })),
    users: config.users.map((each) => ({ name: user, user: each.user })),
    contexts: [{ name, context: { cluster: name, user } }],
  };
}
