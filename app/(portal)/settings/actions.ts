"use server";

import type { Result } from "@/lib/domain/result";
import { runSettingsUseCase } from "@/lib/server/settings-action";
import { discardJob } from "@/lib/usecases/settings/discard-job";
import { endSessions } from "@/lib/usecases/settings/end-sessions";
import { retryJob } from "@/lib/usecases/settings/retry-job";

export async function retryJobAction(input: unknown): Promise<Result<unknown>> {
  return runSettingsUseCase(retryJob, input);
}

export async function discardJobAction(input: unknown): Promise<Result<unknown>> {
  return runSettingsUseCase(discardJob, input);
}

export async function endSessionsAction(input: unknown): Promise<Result<unknown>> {
  return runSettingsUseCase(endSessions, input);
}
