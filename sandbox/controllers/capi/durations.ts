import type { Durations } from "../../contracts.ts";

/** A cluster ready in about 30 s, an upgrade in about 20 s: long enough to watch, short enough to wait for. */
export const demoDurations: Durations = {
  infrastructureMs: 6_000,
  controlPlaneMs: 8_000,
  nodeMs: 4_000,
  upgradeMs: 20_000,
  deletionMs: 6_000,
  deploymentMs: 2_000,
};

/** All durations divided by a factor; `SANDBOX_SPEED` in a controller's own process. */
export function scaledDurations(speed: number): Durations {
  const scale = (ms: number): number => Math.round(ms / speed);
  return {
    infrastructureMs: scale(demoDurations.infrastructureMs),
    controlPlaneMs: scale(demoDurations.controlPlaneMs),
    nodeMs: scale(demoDurations.nodeMs),
    upgradeMs: scale(demoDurations.upgradeMs),
    deletionMs: scale(demoDurations.deletionMs),
    deploymentMs: scale(demoDurations.deploymentMs),
  };
}

/** The durations a process of its own runs with: `SANDBOX_SPEED=4` is four times quicker than the demo. */
export function durationsOfEnvironment(): Durations {
  const speed = Number(process.env.SANDBOX_SPEED ?? "1");
  return scaledDurations(Number.isFinite(speed) && speed > 0 ? speed : 1);
}
