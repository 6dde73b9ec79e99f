import { createHash } from "node:crypto";
import { stringify } from "yaml";
import { isNotFound } from "../runtime/api-error.ts";
import { kinds } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { isEncrypted } from "./sops-decrypt.ts";
import type { Decrypt } from "./sops-decrypt.ts";
import type { Kustomization } from "./kustomization.ts";
import { parseManifest, splitDocuments } from "./manifests.ts";
import { ReconcileError, messageOf } from "./reconcile-error.ts";
import { isVariableName, substituteVariables } from "./substitute-variables.ts";

/** A built path, ready to apply. */
export interface BuiltObjects {
  objects: Unstructured[];
  /** `sha256:<hex>` of the final YAML; keys the history. */
  digest: string;
}

const DISABLED = "kustomize.toolkit.fluxcd.io/substitute";
const MOST_KEPT = 1024;
const parsed = new Map<string, BuiltObjects>();

/** Decrypts and substitutes the built documents one by one, in this order, as Flux does. */
export async function postBuild(
  text: string,
  variables: ReadonlyMap<string, string>,
  decrypt: Decrypt | undefined,
): Promise<BuiltObjects> {
  const documents: string[] = [];
  for (const document of splitDocuments(text)) {
    documents.push(substituteDocument(await decryptDocument(document, decrypt), variables));
  }
  const joined = documents.join("---\n");
  const digest = `sha256:${createHash("sha256").update(joined).digest("hex")}`;
  const known = parsed.get(digest);
  if (known !== undefined) return known;
  const built = { objects: documents.flatMap(parseManifest), digest };
  parsed.set(digest, built);
  const oldest = parsed.keys().next();
  if (parsed.size > MOST_KEPT && oldest.done !== true) parsed.delete(oldest.value);
  return built;
}

/** The variables of `spec.postBuild`: from ConfigMaps and Secrets in order, then the inline ones. */
export async function variablesOf(
  client: KubeClient,
  kustomization: Kustomization,
): Promise<ReadonlyMap<string, string>> {
  const variables = new Map<string, string>();
  const { substitute = {}, substituteFrom = [] } = kustomization.spec.postBuild ?? {};
  for (const { kind, name, optional } of substituteFrom) {
    const isSecret = kind === "Secret";
    try {
      const object = await client.get(
        isSecret ? kinds.secret : kinds.configMap,
        name,
        kustomization.namespace,
      );
      for (const [key, value] of Object.entries((object.data ?? {}) as Record<string, string>)) {
        const plain = isSecret ? Buffer.from(value, "base64").toString("utf8") : value;
        variables.set(key, plain.replaceAll("\n", ""));
      }
    } catch (error) {
      if (isNotFound(error) && optional === true) continue;
      throw failed(`substitute from '${kind}/${name}' error: ${messageOf(error)}`);
    }
  }
  for (const [key, value] of Object.entries(substitute)) variables.set(key, value.replaceAll("\n", ""));
  for (const name of variables.keys()) {
    if (!isVariableName(name)) {
      throw failed(`'${name}' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'`);
    }
  }
  return variables;
}

async function decryptDocument(document: string, decrypt: Decrypt | undefined): Promise<string> {
  if (!document.includes("\nsops:")) return document;
  const object = parseManifest(document)[0];
  if (object === undefined || !isEncrypted(object)) return document;
  const { namespace = "", name } = object.metadata;
  if (decrypt === undefined) {
    const what = `${object.kind}/${namespace}/${name}`;
    throw failed(
      `${what} is SOPS encrypted, configuring decryption is required for this secret to be reconciled`,
    );
  }
  try {
    return stringify(await decrypt(object));
  } catch (error) {
    throw failed(`failed to decrypt and format '${namespace}/${name}' Secret data: ${messageOf(error)}`);
  }
}

function substituteDocument(document: string, variables: ReadonlyMap<string, string>): string {
  // Without any variable Flux does not substitute at all, not even escapes.
  if (variables.size === 0 || !document.includes("${")) return document;
  const object = parseManifest(document)[0];
  const marks = { ...object?.metadata.annotations, ...object?.metadata.labels };
  if (marks[DISABLED] === "disabled") return document;
  try {
    return substituteVariables(document, (name) => variables.get(name));
  } catch (error) {
    const why = `envsubst error: variable substitution failed: ${messageOf(error)}`;
    throw new ReconcileError("BuildFailed", `post build failed for '${idOf(object)}': ${why}`);
  }
}

/** kustomize's ResId in text: `ConfigMap.v1.[noGrp]/name.namespace`. */
function idOf(object: Unstructured | undefined): string {
  if (object === undefined) return "";
  const [version = "", group = "[noGrp]"] = object.apiVersion.split("/").reverse();
  const { name, namespace } = object.metadata;
  return `${object.kind}.${version}.${group}/${name}${namespace === undefined ? "" : `.${namespace}`}`;
}

function failed(message: string): ReconcileError {
  return new ReconcileError("BuildFailed", message);
}
