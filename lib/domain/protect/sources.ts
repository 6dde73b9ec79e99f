import { textAt, valueAt } from "../repository/loose.ts";
import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { sourceKeyOf } from "./guarded.ts";
import { grouped } from "./grouped.ts";
import type { Applied, FleetKustomization } from "./applied.ts";
import type { Fleet } from "./read-fleet.ts";
import { same } from "./same.ts";
import { quoted } from "./words.ts";

/** Fields that say how often and with whose rights a source is read; `ignore` is in the build already. */
const harmless = new Set([
  "interval",
  "timeout",
  "suspend",
  "secretRef",
  "proxySecretRef",
  "provider",
  "ignore",
]);

/**
 * Kustomizations that would read another repository, branch or directory: what is there cannot be told, and whatever
 * is missing there is pruned.
 */
export function findChangedSources({ base, head, clusterOf }: Comparison): Finding[] {
  const changed = [...base.kustomizations.values()].flatMap((before) => {
    const after = head.kustomizations.get(before.id);
    if (!after || before.object === null || after.object === null) return [];
    const [was, is] = [sourceOf(before, base), sourceOf(after, head)];
    if (was === null || is === null || same(contentOf(was), contentOf(is))) return [];
    return [{ before, was, is, cluster: clusterOf(was) }];
  });
  return grouped(changed, ({ was, is }) => `${was.key} ${is.key}`).map(
    ([{ before, was, is, cluster }, all]) => {
      const many =
        all.length === 1 ? `Kustomization ${before.label}` : `${String(all.length)} Kustomizations`;
      return {
        rule: "source-changed",
        cluster,
        object: `${was.kind}/${was.namespace}/${was.name}`,
        sentence: `Merging would make ${many} read ${placeOf(is)} instead of ${placeOf(was)} (${quoted(is)}${cluster === null ? "" : ` of cluster ${cluster}`}), and prune what is not there.`,
        severity: "fail",
      };
    },
  );
}

function sourceOf({ build, object }: FleetKustomization, { applied }: Fleet): Applied | null {
  const key = sourceKeyOf({ home: build.home, namespace: build.namespace, object });
  return key === null ? null : (applied.get(key)?.[0] ?? null);
}

/** What decides which files a source serves. */
function contentOf({ kind, object }: Applied): unknown {
  const spec = Object.entries(valueAt(object, "spec") ?? {}).filter(([field]) => !harmless.has(field));
  return [kind, Object.fromEntries(spec)];
}

function placeOf({ object }: Applied): string {
  const url = textAt(object, "spec", "url") ?? textAt(object, "spec", "bucketName") ?? "an unknown place";
  const refs = ["branch", "tag", "semver", "name", "commit", "digest"];
  const ref = refs.flatMap((field) => textAt(object, "spec", "ref", field) ?? []).join(" ");
  return ref === "" ? url : `${ref} of ${url}`;
}
