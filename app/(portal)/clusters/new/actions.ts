"use server";

import type { Result } from "@/lib/domain/result";
import { runUseCase } from "@/lib/server/action";
import { createCluster } from "@/lib/usecases/clusters/create-cluster";
import type { CreatedChange } from "@/lib/usecases/clusters/create-cluster";
import { previewCluster } from "@/lib/usecases/clusters/preview-cluster";
import type { ClusterPreview } from "@/lib/usecases/clusters/preview-cluster";

// What comes in is not trusted: each use case parses it.

export async function previewClusterAction(input: unknown): Promise<Result<ClusterPreview>> {
  return runUseCase(previewCluster, input);
}

export async function createClusterAction(input: unknown): Promise<Result<CreatedChange>> {
  return runUseCase(createCluster, input);
}
