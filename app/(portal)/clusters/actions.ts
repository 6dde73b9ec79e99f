"use server";

import type { Result } from "@/lib/domain/result";
import { runViewsUseCase } from "@/lib/server/views-action";
import { chooseColumns } from "@/lib/usecases/views/choose-columns";
import { dropView } from "@/lib/usecases/views/drop-view";
import { keepView } from "@/lib/usecases/views/keep-view";

export async function keepViewAction(input: unknown): Promise<Result<unknown>> {
  return runViewsUseCase(keepView, input);
}

export async function dropViewAction(input: unknown): Promise<Result<unknown>> {
  return runViewsUseCase(dropView, input);
}

export async function chooseColumnsAction(input: unknown): Promise<Result<unknown>> {
  return runViewsUseCase(chooseColumns, input);
}
