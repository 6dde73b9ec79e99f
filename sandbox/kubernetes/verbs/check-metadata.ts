import type { Cause } from "../api-error.ts";
import type { KubeObject, ObjectMeta } from "../kube-object.ts";

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const namePartText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** Built-in kinds whose names may hold almost anything (path segments). */
const freelyNamed = new Set(["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]);

function wrong(field: string, value: string, text: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${JSON.stringify(value)}: ${text}`, field };
}

/** Names, labels, annotations and finalizers of any object (apimachinery, ValidateObjectMeta). */
export function checkMetadata(object: KubeObject, live: KubeObject | undefined): Cause[] {
  const { metadata } = object;
  return [
    ...checkName(object.kind, metadata.name),
    ...Object.keys(metadata.annotations ?? {}).flatMap((key) => checkKey("metadata.annotations", key)),
    ...checkAnnotationsSize(metadata.annotations ?? {}),
    ...checkLabels(metadata.labels ?? {}),
    ...(metadata.finalizers ?? []).flatMap((finalizer) => checkKey("metadata.finalizers", finalizer)),
    ...checkNewFinalizers(metadata, live),
    ...checkOwners(metadata),
  ];
}

/** An object that is being deleted takes no new finalizers. */
export function checkNewFinalizers(metadata: ObjectMeta, live: KubeObject | undefined): Cause[] {
  if (live?.metadata.deletionTimestamp === undefined) return [];
  const known = live.metadata.finalizers ?? [];
  const fresh = (metadata.finalizers ?? []).filter((finalizer) => !known.includes(finalizer));
  if (fresh.length === 0) return [];
  const said = `[]string{${fresh.map((finalizer) => JSON.stringify(finalizer)).join(", ")}}`;
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${said}`;
  return [{ reason: "FieldValueForbidden", message, field: "metadata.finalizers" }];
}

function checkOwners({ ownerReferences = [] }: ObjectMeta): Cause[] {
  const field = "metadata.ownerReferences";
  const causes = ownerReferences.flatMap((owner) =>
    (["apiVersion", "kind", "name", "uid"] as const)
      .filter((name) => !owner[name])
      .map((name) =>
        wrong(
          `${field}.${name}`,
          "",
          name === "apiVersion" ? "version must not be empty" : "must not be empty",
        ),
      ),
  );
  const controllers = ownerReferences.filter((owner) => owner.controller === true);
  if (controllers.length < 2) return causes;
  const [first, second] = controllers.map((owner) => `${owner.kind}/${owner.name}`);
  const text = `Only one reference can have Controller set to true. Found "true" in references for ${first ?? ""} and ${second ?? ""}`;
  const message = `Invalid value: [${ownerReferences.map((owner) => JSON.stringify(owner)).join(",")}]: ${text}`;
  return [...causes, { reason: "FieldValueInvalid", message, field }];
}

const largestAnnotations = 256 * 1024;

function checkAnnotationsSize(annotations: Record<string, string>): Cause[] {
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (size <= largestAnnotations) return [];
  const message = `Too long: may not be more than ${String(largestAnnotations)} bytes`;
  return [{ reason: "FieldValueTooLong", message, field: "metadata.annotations" }];
}

function checkName(kind: string, name: string): Cause[] {
  if (name === "") {
    const message = "Required value: name or generateName is required";
    return [{ reason: "FieldValueRequired", message, field: "metadata.name" }];
  }
  if (freelyNamed.has(kind)) {
    return /[/%]|^\.\.?$/.test(name) ? [wrong("metadata.name", name, "may not contain '/'")] : [];
  }
  if (kind === "Namespace") {
    if (name.includes(".")) return [wrong("metadata.name", name, "must not contain dots")];
    if (name.length > 63) return [wrong("metadata.name", name, "must be no more than 63 bytes")];
    return dnsLabel.test(name) ? [] : [wrong("metadata.name", name, labelText)];
  }
  if (name.length > 253) return [wrong("metadata.name", name, "must be no more than 253 bytes")];
  return subdomain.test(name) ? [] : [wrong("metadata.name", name, subdomainText)];
}

function checkLabels(labels: Record<string, string>): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const causes = checkKey("metadata.labels", key);
    if (value.length > 63) causes.push(wrong("metadata.labels", value, "must be no more than 63 bytes"));
    if (!labelValue.test(value)) causes.push(wrong("metadata.labels", value, labelValueText));
    return causes;
  });
}

/** A qualified name: an optional DNS prefix, a slash, a name. */
function checkKey(field: string, key: string): Cause[] {
  const slash = key.lastIndexOf("/");
  const name = key.slice(slash + 1);
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const causes: Cause[] = [];
  if (prefix !== undefined && !subdomain.test(prefix.toLowerCase())) {
    causes.push(wrong(field, key, `prefix part ${subdomainText}`));
  }
  if (name === "") causes.push(wrong(field, key, "name part must be non-empty"));
  else if (name.length > 63) causes.push(wrong(field, key, "name part must be no more than 63 bytes"));
  if (!namePart.test(name)) causes.push(wrong(field, key, namePartText));
  return causes;
}
