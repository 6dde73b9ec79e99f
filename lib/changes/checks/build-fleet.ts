import type { BuiltPath } from "../../domain/protect/built-path.ts";

/** Builds every Kustomization of a tree, with what each yields. Cached by tree by whoever provides it. */
export type BuildFleet = (tree: string) => Promise<readonly BuiltPath[]>;
