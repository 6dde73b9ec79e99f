import { stringify } from "yaml";
import type { Credential } from "./pki.ts";

/** A kubeconfig with one context; `user` authenticates by token or by client certificate. */
export function kubeconfigText(
  cluster: string,
  server: string,
  ca: string,
  user: { name: string; token: string } | { name: string; credential: Credential },
): string {
  const base64 = (pem: string) => Buffer.from(pem).toString("base64");
  const context = `${user.name}@${cluster}`;
  const credentials =
    "token" in user
      ? { token: user.token }
      : {
          "client-certificate-data": base64(user.credential.certificate),
          "client-key-data": base64(user.credential.key),
        };
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: cluster, cluster: { server, "certificate-authority-data": base64(ca) } }],
    users: [{ name: user.name, user: credentials }],
    contexts: [{ name: context, context: { cluster, user: user.name } }],
    "current-context": context,
  });
}
