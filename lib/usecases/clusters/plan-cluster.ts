import { namespacesOfFleet } from "../../db/namespaces.ts";
import { can } from "../../domain/access/can.ts";
import { requestableTeams } from "../../domain/fleet/access.ts";
import { fieldsWithPicker, type Parameters } from "../../domain/repository/parameter-schema.ts";
import { validateClusterRequest, type RequestVerdict } from "../../domain/repository/cluster-request.ts";
import { renderTemplate } from "../../domain/repository/render.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import type { ClusterRequestInput } from "./cluster-request-input.ts";
import { fleetAtHead, type FleetAtHead } from "./fleet-at-head.ts";

export interface PlannedCluster {
  fleet: FleetAtHead;
  verdict: RequestVerdict;
  /** Path → content; empty where the parameters cannot be rendered yet. */
  files: Record<string, string>;
}

/** Authorises and judges a request and renders its files; writes nothing, asks only the local mirror. */
export async function planCluster(
  ctx: UseCaseContext,
  input: ClusterRequestInput,
): Promise<Result<PlannedCluster>> {
  const { actor, world, now } = ctx;
  const fleet = await fleetAtHead(world, input.template);
  if (typeof fleet === "string") return fail("unavailable", fleet);
  const { template, config, prices, clusters } = fleet;
  if (template === null) {
    const message = `There is no usable template ${input.template} in the repository.`;
    return fail("not-found", message, { fieldErrors: { template: message } });
  }
  // The owner is who asks; nobody asks in another's name.
  const ownerFields = fieldsWithPicker(template.schema, input.parameters, "owner").map(({ path }) =>
    String(path[0]),
  );
  const parameters: Parameters = {
    ...input.parameters,
    ...Object.fromEntries(ownerFields.map((name) => [name, actor.login])),
  };
  const mayAsk = can(actor, "request-cluster", {
    team: teamOf(parameters) ?? "",
    requestable: requestableTeams(config, actor),
  });
  if (!mayAsk.yes && !actor.roles.some((role) => role === "requester" || role === "platform-engineer")) {
    return fail("forbidden", mayAsk.reason);
  }
  const namespaces = await namespacesOfFleet(world.db);
  const verdict = validateClusterRequest({
    parameters,
    template,
    config,
    prices,
    existing: { clusters, namespaces },
    actor,
    now,
  });
  const rendered = renderTemplate(template, verdict.parameters);
  if (!rendered.ok) {
    const errors = { ...rendered.fieldErrors, ...verdict.errors };
    return ok({ fleet, verdict: { ...verdict, errors }, files: {} });
  }
  return ok({ fleet, verdict, files: rendered.value });
}

export const teamOf = (parameters: Parameters): string | null =>
  typeof parameters["team"] === "string" ? parameters["team"] : null;
