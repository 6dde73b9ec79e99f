import { containsCidr, normalizeCidr, overlapCidr } from "cidr-tools";
import { networkDomainOf, type FleetConfig } from "../fleet/config.ts";
import type { ClusterFacts } from "./cluster-facts.ts";

/** What the network rule needs to know of a cluster. */
export type NetworkFacts = Pick<
  ClusterFacts,
  "name" | "region" | "provider" | "podCidr" | "serviceCidr" | "nodeCidr" | "dnsServiceIp" | "podsOverlay"
>;

/** Another cluster, or one asked for in an open pull request. */
export type OtherNetwork = Pick<ClusterFacts, "name" | "region" | "podCidr" | "nodeCidr" | "podsOverlay"> & {
  request: number | null;
};

export type RangeField = "podCidr" | "serviceCidr" | "nodeCidr" | "dnsServiceIp";

export interface RangeIssue {
  field: RangeField;
  message: string;
}

const called: Record<RangeField, string> = {
  podCidr: "pod range",
  serviceCidr: "service range",
  nodeCidr: "node subnet",
  dnsServiceIp: "DNS service address",
};

/** Ranges AKS keeps for itself (learn.microsoft.com/azure/aks/concepts-network-ip-address-planning). */
const keptByAks = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

/**
 * The network rule of decisions §9: a cluster's own ranges are disjoint and its DNS address lies inside the service
 * range; across clusters of one network domain node subnets are compared, and pod ranges only where pods have
 * addresses of the network. Service ranges are never compared.
 */
export function rangeIssues(
  own: NetworkFacts,
  others: readonly OtherNetwork[],
  config: FleetConfig,
): RangeIssue[] {
  const fields = ["podCidr", "serviceCidr", "nodeCidr"] as const;
  const wrong = fields.flatMap((field): RangeIssue[] => {
    const message = own[field] === null ? null : rangeProblem(own[field], own.provider);
    return message === null ? [] : [{ field, message }];
  });
  if (wrong.length > 0) return wrong;
  const found = [...ownOverlaps(own), ...dnsIssues(own), ...foreignOverlaps(own, others, config)];
  return fields
    .concat()
    .flatMap((field) => found.filter((issue) => issue.field === field).slice(0, 1))
    .concat(found.filter((issue) => issue.field === "dnsServiceIp").slice(0, 1));
}

/** What is wrong with one range by itself. */
export function rangeProblem(range: string, provider: string): string | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(range);
  const numbers = match?.slice(1).map(Number);
  const prefix = numbers?.[4] ?? 0;
  if (!numbers || numbers.slice(0, 4).some((part) => part > 255) || prefix > 32) {
    return "Must be an IPv4 range like 10.52.0.0/16.";
  }
  if (prefix < 8 || prefix > 28) return "Must have between /8 and /28.";
  const network = normalizeCidr(range);
  if (network !== range) return `Does not start at its network address: write ${network}.`;
  if (!provider.startsWith("aks")) return null;
  const kept = keptByAks.find((one) => overlapCidr(one, range));
  return kept === undefined ? null : `AKS keeps ${kept} for itself.`;
}

function ownOverlaps(own: NetworkFacts): RangeIssue[] {
  const pairs: ["podCidr" | "serviceCidr" | "nodeCidr", "podCidr" | "serviceCidr" | "nodeCidr"][] = [
    ["serviceCidr", "podCidr"],
    ["nodeCidr", "podCidr"],
    ["nodeCidr", "serviceCidr"],
  ];
  return pairs.flatMap(([field, other]) => {
    const a = own[field];
    const b = own[other];
    if (a === null || b === null || !overlapCidr(a, b)) return [];
    return [{ field, message: `Overlaps the cluster's own ${called[other]} ${b}; they must be apart.` }];
  });
}

function dnsIssues(own: NetworkFacts): RangeIssue[] {
  if (own.dnsServiceIp === null || own.serviceCidr === null) return [];
  const field = "dnsServiceIp";
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(own.dnsServiceIp))
    return [{ field, message: "Must be an address like 172.16.0.10." }];
  if (!containsCidr(own.serviceCidr, own.dnsServiceIp)) {
    return [{ field, message: `Must lie inside the service range ${own.serviceCidr}.` }];
  }
  const first = own.serviceCidr.split("/")[0]?.replace(/\d+$/, "") ?? "";
  const taken = [`${first}0`, `${first}1`].includes(own.dnsServiceIp);
  return taken
    ? [{ field, message: "The range's first two addresses are taken; use one from .2 on, .10 for instance." }]
    : [];
}

function foreignOverlaps(
  own: NetworkFacts,
  others: readonly OtherNetwork[],
  config: FleetConfig,
): RangeIssue[] {
  const domain = networkDomainOf(config, own.region);
  if (domain === null) return [];
  const near = others.filter(
    (one) => one.name !== own.name && networkDomainOf(config, one.region) === domain,
  );
  const routed = (
    one: Pick<OtherNetwork, "nodeCidr" | "podCidr" | "podsOverlay">,
  ): ["nodeCidr" | "podCidr", string][] => [
    ...(one.nodeCidr === null ? [] : [["nodeCidr", one.nodeCidr] as ["nodeCidr", string]]),
    ...(one.podsOverlay || one.podCidr === null ? [] : [["podCidr", one.podCidr] as ["podCidr", string]]),
  ];
  return routed(own).flatMap(([field, range]) =>
    near.flatMap((one) =>
      routed(one).flatMap(([otherField, other]) => {
        if (rangeProblem(other, "") !== null || !overlapCidr(range, other)) return [];
        const where = one.request === null ? "" : `, asked for in #${String(one.request)}`;
        return [
          {
            field,
            message: `Overlaps the ${called[otherField]} ${other} of ${one.name}${where} in network domain ${domain}.`,
          },
        ];
      }),
    ),
  );
}
