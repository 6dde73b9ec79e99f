import { models, placeholder, readFixture, type Model } from "./fixture.ts";

/** One cluster of a benchmark's fleet: a copy of a model. */
export interface BenchCluster {
  name: string;
  model: Model;
}

/** As in the demo, about one cluster of six is of the dev provider. */
export function fleetOf(count: number): BenchCluster[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `bench-${String(index + 1).padStart(4, "0")}`,
    model: index % 6 === 5 ? "dev" : "aks",
  }));
}

/** Their files in the fleet repository. */
export function filesOf(fleet: readonly BenchCluster[]): Record<string, string> {
  const texts = Object.fromEntries(models.map((model) => [model, JSON.stringify(readFixture(model).files)]));
  return Object.assign(
    {},
    ...fleet.map(
      ({ name, model }) => JSON.parse((texts[model] ?? "{}").replaceAll(placeholder, name)) as object,
    ),
  ) as Record<string, string>;
}

/** How many rows of Flux objects and Deployments the fleet's own API servers give. */
export function workloadRowsOf(fleet: readonly BenchCluster[]): { flux: number; workloads: number } {
  const counts = Object.fromEntries(
    models.map((model) => {
      const { workload } = readFixture(model);
      const workloads = workload.filter(({ kind }) => kind === "Deployment").length;
      const flux = workload.filter(({ apiVersion }) => apiVersion.includes("toolkit.fluxcd.io")).length;
      return [model, { flux, workloads }];
    }),
  );
  const sum = (axis: "flux" | "workloads"): number =>
    fleet.reduce((all, { model }) => all + (counts[model]?.[axis] ?? 0), 0);
  return { flux: sum("flux"), workloads: sum("workloads") };
}
