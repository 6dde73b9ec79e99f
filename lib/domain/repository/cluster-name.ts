/** Longest name: Kubernetes and Azure add suffixes to it (decisions §4). */
export const maxNameLength = 32;

const label = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
const reserved = /^(?:management|default|flux-system|kube-.*|fleet-.*|capi-.*)$/;

/** Is this a DNS label with a letter first? */
export const isLabel = (name: string): boolean => label.test(name) && name.length <= 63;

/** Names that are taken: name → why, as the end of a sentence ("exists", "is asked for in #12"). */
export type TakenNames = ReadonlyMap<string, string>;

/** What is wrong with a new cluster's name, with what is allowed; null when it is free and well formed. */
export function nameProblem(name: string, taken: TakenNames): string | null {
  if (name === "") return "A cluster needs a name.";
  if (name.length > maxNameLength)
    return `At most ${String(maxNameLength)} characters; this has ${String(name.length)}.`;
  if (!label.test(name)) {
    return "Small letters, digits and dashes, a letter first and no dash at the end, like dev-payments-2.";
  }
  if (reserved.test(name))
    return `${name} is reserved, like management, default, flux-system, kube-…, fleet-… and capi-….`;
  const why = taken.get(name);
  return why === undefined ? null : `${name} ${why}.`;
}

const shortEnvironments: Record<string, string> = {
  development: "dev",
  staging: "stage",
  production: "prod",
};

/** Two free names near what was asked for: the next number, and one made of environment and team. */
export function suggestNames(
  asked: { name: string; environment: string | null; team: string | null },
  taken: TakenNames,
): string[] {
  const clean = asked.name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  const environment = shortEnvironments[asked.environment ?? ""] ?? asked.environment ?? "cluster";
  const bases = [clean.replace(/-?\d+$/, ""), `${environment}-${asked.team ?? "new"}`, environment];
  const found: string[] = [];
  for (const base of bases) {
    const stem = base.slice(0, maxNameLength - 4).replace(/-+$/, "");
    if (!label.test(stem)) continue;
    for (let number = 1; number < 1000; number += 1) {
      const name = `${stem}-${String(number)}`;
      if (found.includes(name) || nameProblem(name, taken) !== null) continue;
      found.push(name);
      break;
    }
    if (found.length === 2) break;
  }
  return found;
}
