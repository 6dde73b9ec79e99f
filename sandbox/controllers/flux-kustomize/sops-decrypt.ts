import { decryptSops } from "sops-age";
import { isNotFound } from "../runtime/api-error.ts";
import { kinds } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { Kustomization } from "./kustomization.ts";
import { ReconcileError } from "./reconcile-error.ts";

/** Decrypts one object; throws when no key fits. */
export type Decrypt = (object: Unstructured) => Promise<Unstructured>;

/** Whether an object carries SOPS metadata. */
export function isEncrypted(object: Unstructured): boolean {
  const { sops } = object;
  return typeof sops === "object" && sops !== null && "mac" in sops;
}

/**
 * How to decrypt for a Kustomization: age keys from `spec.decryption.secretRef` (keys `*.agekey`), else from the
 * controller's own Secret (`--sops-age-secret`, `namespace/name`). Undefined when decryption is not asked for.
 */
export async function decryptionOf(
  client: KubeClient,
  kustomization: Kustomization,
  fallback: string | undefined,
): Promise<Decrypt | undefined> {
  const { decryption } = kustomization.spec;
  if (decryption?.provider !== "sops") return undefined;
  const { name, namespace } =
    decryption.secretRef === undefined
      ? parseKey(fallback ?? "")
      : { name: decryption.secretRef.name, namespace: kustomization.namespace };
  const keys = name === "" ? [] : await ageKeys(client, name, namespace ?? "");
  return async (object) => {
    let last: unknown = new Error("cannot get sops data key with age: no identity");
    for (const secretKey of keys) {
      try {
        // A deep copy: the library changes what it is given.
        const copy = structuredClone(object);
        return (await decryptSops(copy, { secretKey, fileType: "yaml" })) as Unstructured;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  };
}

async function ageKeys(client: KubeClient, name: string, namespace: string): Promise<string[]> {
  try {
    const secret = await client.get(kinds.secret, name, namespace);
    return Object.entries((secret.data ?? {}) as Record<string, string>)
      .filter(([key]) => key.endsWith(".agekey"))
      .flatMap(([, value]) => Buffer.from(value, "base64").toString("utf8").split("\n"))
      .filter((line) => line.startsWith("AGE-SECRET-KEY-"));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const what = `secrets "${name}" not found`;
    throw new ReconcileError("BuildFailed", `cannot get decryption Secret '${namespace}/${name}': ${what}`);
  }
}
