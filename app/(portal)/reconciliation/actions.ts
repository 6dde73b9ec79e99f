"use server";

import type { Result } from "@/lib/domain/result";
import { runReconciliationUseCase } from "@/lib/server/reconciliation-action";
import { reconcileObjects, type Reconciled } from "@/lib/usecases/reconciliation/reconcile-objects";

export async function reconcileAction(input: unknown): Promise<Result<Reconciled>> {
  return runReconciliationUseCase(reconcileObjects, input);
}
