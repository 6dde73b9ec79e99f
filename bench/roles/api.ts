import { startKubernetes } from "../../sandbox/kubernetes/start-kubernetes.ts";
import { admin } from "../seed-models.ts";
import { closeWithParent } from "./close-with-parent.ts";

export interface ApiRole {
  dir: string;
  port: number;
}

/** The API servers of a whole fleet, as a process of their own. */
export async function runApi({ dir, port }: ApiRole): Promise<void> {
  const kubernetes = await startKubernetes({ dir, port, users: [admin] });
  closeWithParent(() => kubernetes.close());
  process.send?.({ url: kubernetes.url, ca: kubernetes.ca, kubeconfig: kubernetes.kubeconfig(admin) });
}
