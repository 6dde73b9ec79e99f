import { stringify } from "yaml";

const version = "v2.9.4";

const controllers = [
  { name: "source-controller", tag: "v1.9.1" },
  { name: "kustomize-controller", tag: "v1.9.6" },
  { name: "helm-controller", tag: "v1.6.3" },
  { name: "notification-controller", tag: "v1.9.3" },
];

const labels = { "app.kubernetes.io/instance": "flux-system", "app.kubernetes.io/part-of": "flux" };

/**
 * A short stand-in for `flux install --export`: the namespace, the CRDs given and the controllers' Deployments,
 * without the RBAC, services and policies of the real one.
 */
export function fluxComponents(crds: readonly object[]): string {
  const namespace = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "flux-system", labels: { ...labels, "app.kubernetes.io/version": version } },
  };
  const objects = [namespace, ...crds, ...controllers.map(({ name, tag }) => deployment(name, tag))];
  const header = `# Flux ${version}, shortened: what the sandbox needs of \`flux install --export\`\n`;
  return header + objects.map((object) => `---\n${stringify(object, { lineWidth: 0 })}`).join("");
}

function deployment(name: string, tag: string): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name,
      namespace: "flux-system",
      labels: { ...labels, "app.kubernetes.io/component": name, "app.kubernetes.io/version": version },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels } },
        spec: { containers: [{ name: "manager", image: `ghcr.io/fluxcd/${name}:${tag}` }] },
      },
    },
  };
}
