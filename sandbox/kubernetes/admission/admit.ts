import { ApiError, qualified } from "../api-error.ts";
import { isObject, listOf, objectOf, textOf, textsOf } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { evaluateCel, toCel } from "./cel.ts";
import { matchesResources } from "./match-rules.ts";

const group = "admissionregistration.k8s.io";

/**
 * Asks the cluster's ValidatingAdmissionPolicies. Their own kinds are never asked about, as on a real server.
 *
 * @throws ApiError 403 or 422 when a policy denies the write.
 */
export function admit(request: AdmissionRequest): void {
  const { store } = request.target.cluster;
  if (request.target.kind.group === group) return;
  let denial: ApiError | undefined;
  for (const { object: binding } of store.list(`${group}/validatingadmissionpolicybindings`)) {
    const spec = objectOf(binding["spec"]);
    const policy = store.get(
      `${group}/validatingadmissionpolicies`,
      undefined,
      textOf(spec["policyName"]),
    )?.object;
    const rules = objectOf(policy?.["spec"]);
    if (!policy || !matchesResources(rules["matchConstraints"], request)) continue;
    if (!matchesResources(spec["matchResources"], request)) continue;
    const actions = textsOf(spec["validationActions"]);
    for (const failure of failuresOf(rules, request)) {
      const names = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
      if (actions.includes("Warn")) request.warn(`Validation failed for ${names}: ${failure.message}`);
      if (actions.includes("Deny"))
        denial ??= denialOf(request, `${names} denied request: ${failure.message}`, failure.reason);
    }
  }
  if (denial) throw denial;
}

interface Failure {
  message: string;
  reason: string;
}

/** Reasons a validation may give, and what they answer with. */
const codes: Record<string, number> = {
  Unauthorized: 401,
  Forbidden: 403,
  Invalid: 422,
  RequestEntityTooLarge: 413,
};

function denialOf(request: AdmissionRequest, message: string, reason: string): ApiError {
  const { kind } = request.target;
  const name = (request.object ?? request.oldObject)?.metadata.name ?? "";
  const details = {
    name,
    ...(kind.group === "" ? {} : { group: kind.group }),
    kind: kind.resource,
    causes: [{ message }],
  };
  const subject = `${qualified(kind.group, kind.resource)} "${name}"`;
  return new ApiError(codes[reason] ?? 422, reason, `${subject} is forbidden: ${message}`, details);
}

function failuresOf(policy: JsonObject, request: AdmissionRequest): Failure[] {
  const variables = variablesOf(policy, request);
  const fails = policy["failurePolicy"] !== "Ignore";
  for (const condition of listOf(policy["matchConditions"]).filter(isObject)) {
    const result = evaluateCel(textOf(condition["expression"]), variables);
    if ("error" in result) {
      const message = `matchConditions '${textOf(condition["name"])}' resulted in error: ${result.error}`;
      return fails ? [{ message, reason: "Invalid" }] : [];
    }
    if (result.value !== true) return [];
  }
  return listOf(policy["validations"])
    .filter(isObject)
    .flatMap((validation) => {
      const expression = textOf(validation["expression"]);
      const result = evaluateCel(expression, variables);
      const reason = textOf(validation["reason"]) || "Invalid";
      if ("error" in result) {
        const message = `expression '${expression}' resulted in error: ${result.error}`;
        return fails ? [{ message, reason }] : [];
      }
      return result.value === true ? [] : [{ message: messageOf(validation, variables), reason }];
    });
}

function messageOf(validation: JsonObject, variables: Record<string, unknown>): string {
  const expression = textOf(validation["messageExpression"]);
  if (expression !== "") {
    const result = evaluateCel(expression, variables);
    if ("value" in result && typeof result.value === "string" && result.value.trim() !== "")
      return result.value;
  }
  return textOf(validation["message"]) || `failed expression: ${textOf(validation["expression"]).trim()}`;
}

function variablesOf(policy: JsonObject, request: AdmissionRequest): Record<string, unknown> {
  const { target, operation, object, oldObject, dryRun } = request;
  const { kind, user, namespace = "", subresource } = target;
  const version = target.apiVersion.slice(target.apiVersion.indexOf("/") + 1);
  const namespaceObject = target.cluster.store.get("/namespaces", undefined, namespace)?.object;
  const variables: Record<string, unknown> = {
    object: toCel(object ?? null),
    oldObject: toCel(oldObject ?? null),
    namespaceObject: toCel(namespaceObject ?? null),
    request: toCel({
      kind: { group: kind.group, version, kind: kind.kind },
      resource: { group: kind.group, version, resource: kind.resource },
      subResource: subresource,
      name: (object ?? oldObject)?.metadata.name ?? "",
      namespace,
      operation,
      userInfo: { username: user.username, uid: user.uid ?? "", groups: user.groups },
      dryRun,
    }),
    params: null,
  };
  const own: Record<string, unknown> = {};
  variables["variables"] = own;
  for (const variable of listOf(policy["variables"]).filter(isObject)) {
    const result = evaluateCel(textOf(variable["expression"]), variables);
    if ("value" in result) own[textOf(variable["name"])] = result.value;
  }
  return variables;
}
