import type { Kubernetes, KubernetesUser } from "../sandbox/contracts.ts";
import { connectionOf } from "../sandbox/controllers/runtime/connection-of.ts";
import { kindOf, kinds, type Kind } from "../sandbox/controllers/runtime/kind.ts";
import { KubeClient } from "../sandbox/controllers/runtime/kube-client.ts";
import type { Unstructured } from "../sandbox/controllers/runtime/objects.ts";
import { loadCrds } from "../sandbox/crds/load-crds.ts";
import { kindsOf } from "../lib/domain/kinds.ts";
import { headPlaceholder, models, placeholder, rbacKinds, readFixture } from "./fixture.ts";

export const admin: KubernetesUser = { username: "admin", groups: ["system:masters"], token: "bench-admin" };

/** The name under which a model's objects are seeded; copies replace it. */
export const modelName = (model: string): string => `model-${model}`;

/** Puts one cluster of each kind onto fresh API servers through their API, with the statuses of the fixtures. */
export async function seedModels(kubernetes: Kubernetes, head: string): Promise<void> {
  const connection = { server: kubernetes.url, ca: kubernetes.ca, token: admin.token };
  const hub = new KubeClient(connection, { fieldManager: "bench" });
  for (const crd of loadCrds("management")) await hub.apply(kinds.crd, crd as Unstructured);
  await put(hub, namespace("flux-system"), head);
  for (const object of readFixture("shared").management) await put(hub, object, head);
  for (const model of models) {
    const name = modelName(model);
    const fixture = named(readFixture(model), name);
    await put(hub, namespace(name), head);
    for (const object of fixture.management) await put(hub, object, head);
    await hub.raw({ method: "PUT", path: `/sandbox/clusters/${name}/${name}`, body: {} });
    const kubeconfig = kubernetes.workloadKubeconfig(name, name);
    await hub.apply(kinds.secret, kubeconfigSecret(name, kubeconfig));
    const own = new KubeClient(connectionOf(kubeconfig), { fieldManager: "bench" });
    for (const crd of loadCrds("flux")) await own.apply(kinds.crd, crd as Unstructured);
    for (const object of fixture.workload) await put(own, object, head);
    await own.close();
  }
  await hub.close();
}

const namespace = (name: string): Unstructured => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name },
});

/** As Cluster API leaves it. */
const kubeconfigSecret = (name: string, kubeconfig: string): Unstructured => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: `${name}-kubeconfig`, namespace: name },
  type: "cluster.x-k8s.io/secret",
  data: { value: Buffer.from(kubeconfig).toString("base64") },
});

const named = <T>(value: T, name: string): T =>
  JSON.parse(JSON.stringify(value).replaceAll(placeholder, name)) as T;

async function put(client: KubeClient, object: Unstructured, head: string): Promise<void> {
  const ready = JSON.parse(JSON.stringify(object).replaceAll(headPlaceholder, head)) as Unstructured;
  const kind = kindFor(object);
  await client.apply(kind, ready);
  if (ready.status === undefined) return;
  const { name, namespace: where } = object.metadata;
  await client.patchStatus(kind, name, where, { status: ready.status });
}

const known: Kind[] = [kinds.namespace, ...rbacKinds];

function kindFor({ apiVersion, kind }: Unstructured): Kind {
  const builtIn = known.find((each) => each.kind === kind);
  if (builtIn) return builtIn;
  const row = [...kindsOf("management"), ...kindsOf("workload")].find((each) => each.kind === kind);
  if (!row) throw new Error(`no kind ${kind}`);
  return kindOf(apiVersion, kind, row.plural);
}
