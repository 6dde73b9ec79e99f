"use server";

import { approveAndMerge } from "@/lib/usecases/changes/approve-and-merge";
import { approveChange } from "@/lib/usecases/changes/approve-change";
import { closeChange } from "@/lib/usecases/changes/close-change";
import { mergeChange } from "@/lib/usecases/changes/merge-change";
import { requestChanges } from "@/lib/usecases/changes/request-changes";
import { runUseCase } from "@/lib/server/action";
import type { Result } from "@/lib/domain/result";

// What comes in is not trusted: each use case parses it.

export async function approveAndMergeAction(input: unknown): Promise<Result<unknown>> {
  return runUseCase(approveAndMerge, input);
}

export async function approveAction(input: unknown): Promise<Result<unknown>> {
  return runUseCase(approveChange, input);
}

export async function mergeAction(input: unknown): Promise<Result<unknown>> {
  return runUseCase(mergeChange, input);
}

export async function requestChangesAction(input: unknown): Promise<Result<unknown>> {
  return runUseCase(requestChanges, input);
}

export async function closeAction(input: unknown): Promise<Result<unknown>> {
  return runUseCase(closeChange, input);
}
