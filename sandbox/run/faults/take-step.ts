import { Client } from "pg";
import { capi } from "../../controllers/capi/kinds.ts";
import { kindOf } from "../../controllers/runtime/kind.ts";
import { commitFile } from "./commit-file.ts";
import type { FaultStep } from "./fault-step.ts";
import type { FaultTools } from "./fault-tools.ts";

const kustomization = kindOf("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations");
const gitRepository = kindOf("source.toolkit.fluxcd.io/v1", "GitRepository", "gitrepositories");

/** Does one step to the running demo. Returns what a forge fault was filed under. @throws Error when it is refused. */
export async function takeStep(tools: FaultTools, step: FaultStep): Promise<unknown> {
  switch (step.do) {
    case "annotate":
      return annotate(tools, step);
    case "api": {
      const path = `/sandbox/${step.target}/${step.what}`;
      return tools.hub.raw({ method: step.method, path, body: step.body });
    }
    case "forge":
      return tools.control(step.method, step.path, step.body);
    case "commit":
      return commitFile(tools, step);
    case "reconcile":
      return reconcile(tools, step);
    case "database":
      return setDatabase(tools, step.open);
  }
}

async function annotate(
  { hub }: FaultTools,
  { cluster, annotation, word, on }: Extract<FaultStep, { do: "annotate" }>,
): Promise<void> {
  const { metadata } = await hub.get(capi.cluster, cluster, cluster);
  const words = (metadata.annotations?.[annotation] ?? "").split(",").filter((each) => each !== "");
  const others = words.filter((each) => each !== word);
  const value = (on ? [...others, word] : others).join(",");
  const annotations = { [annotation]: value === "" ? null : value };
  await hub.patch(capi.cluster, cluster, cluster, { metadata: { annotations } });
}

async function reconcile(
  tools: FaultTools,
  { cluster, kind, namespace, name }: Extract<FaultStep, { do: "reconcile" }>,
): Promise<void> {
  const requestedAt = new Date().toISOString();
  const annotations = { "reconcile.fluxcd.io/requestedAt": requestedAt };
  const client = cluster === null ? tools.hub : tools.workload(cluster);
  await client.patch(kind === "Kustomization" ? kustomization : gitRepository, name, namespace, {
    metadata: { annotations },
  });
}

/** A server that is gone cuts its sessions and takes no new ones; so does a database that allows none. */
async function setDatabase({ demo }: FaultTools, open: boolean): Promise<void> {
  if (demo.postgres === null)
    throw new Error("this demo has a database of its own: stop and start that server instead");
  const client = new Client({ connectionString: demo.postgres });
  await client.connect();
  try {
    await client.query(`ALTER DATABASE fleetwright ALLOW_CONNECTIONS ${String(open)}`);
    if (!open)
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'fleetwright'",
      );
  } finally {
    await client.end();
  }
}
