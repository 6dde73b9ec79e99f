import type { ChecksFigures } from "./checks.ts";
import type { ForgeFigures } from "./forge.ts";

/** Times of the checks, for reading. */
export function checksTable({ oneKustomizeMs, changes, ...figures }: ChecksFigures): string[][] {
  const one = Math.round(oneKustomizeMs.p50);
  const ratio = (seconds: number): string =>
    `${String(Math.round((seconds * 1_000) / one))} × one kustomize run`;
  return [
    ["what", "seconds", "reference in the same run"],
    ["one kustomize run", (one / 1_000).toFixed(2), "infrastructure/overlays/production"],
    [
      `whole fleet, cold (${String(figures.kustomizations)} Kustomizations)`,
      figures.coldSeconds.toFixed(1),
      `${ratio(figures.coldSeconds)}, ${String(figures.coldMsPerKustomization)} ms each`,
    ],
    ...changes.map(({ change, seconds, verdicts }) => [
      `build + protect: ${change}`,
      seconds.toFixed(1),
      `${ratio(seconds)}; ${verdicts.join(", ")}`,
    ]),
  ];
}

/** Requests per pull request, for reading. */
export function forgeTable({ leastToOpen, pullRequests }: ForgeFigures): string[][] {
  return [
    [
      "files",
      "open",
      `of them writes (least: ${String(leastToOpen)})`,
      "read",
      "checks",
      "idle pass",
      "opened in",
    ],
    ...pullRequests.map(({ files, open, openWrites, read, check, idlePass, openSeconds }) => [
      ...[files, open, openWrites, read, check, idlePass].map(String),
      `${openSeconds.toFixed(1)} s`,
    ]),
  ];
}
