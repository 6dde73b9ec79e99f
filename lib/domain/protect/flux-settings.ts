import { textAt, valueAt } from "../repository/loose.ts";
import type { BuiltObject } from "./built-path.ts";

const prefix = "kustomize.toolkit.fluxcd.io";

/** Flux's settings are annotations or labels, compared without regard to case (fluxcd/pkg ssa/utils AnyInMetadata). */
function setting(object: BuiltObject, name: string): string[] {
  const key = `${prefix}/${name}`;
  const { annotations, labels } = object.metadata;
  return [annotations?.[key], labels?.[key]].flatMap((value) => (value === undefined ? [] : [value]));
}

const saysSo = (object: BuiltObject, name: string, value: string): boolean =>
  setting(object, name).some((one) => one.toLowerCase() === value);

/**
 * Flux never prunes it. Spelled exactly, because the admission policy of gitops-reference §3.3 reads it so.
 */
export const isProtected = (object: BuiltObject): boolean =>
  setting(object, "prune").some((value) => value === "disabled");

/** Flux deletes and recreates it where a field cannot be changed. */
export const isForced = (object: BuiltObject): boolean => saysSo(object, "force", "enabled");

/** Flux no longer applies it. */
export const isIgnored = (object: BuiltObject): boolean =>
  saysSo(object, "reconcile", "disabled") || saysSo(object, "ssa", "ignore");

export interface KustomizationSettings {
  prune: boolean;
  force: boolean;
  suspend: boolean;
  /** Deleting the Kustomization deletes nothing else. */
  keepsOnDeletion: boolean;
  deletionPolicy: string;
}

/** A Kustomization's switches; those of `flux bootstrap` where the object is not in Git. */
export function settingsOf(object: BuiltObject | null): KustomizationSettings {
  const spec = valueAt(object, "spec");
  const prune = object === null || valueAt(spec, "prune") !== false;
  const suspend = valueAt(spec, "suspend") === true;
  const deletionPolicy = textAt(spec, "deletionPolicy") ?? "MirrorPrune";
  const keeps = deletionPolicy === "Orphan" || (deletionPolicy === "MirrorPrune" && !prune);
  return {
    prune,
    suspend,
    deletionPolicy,
    force: valueAt(spec, "force") === true,
    keepsOnDeletion: suspend || keeps,
  };
}
