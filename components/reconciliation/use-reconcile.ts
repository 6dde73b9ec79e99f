"use client";

import { useTransition } from "react";
import type { Failure } from "@/lib/domain/result";
import { toast } from "@/components/ui/toasts";
import type { Reconcile } from "./contracts";

const silent: Failure = {
  ok: false,
  code: "unavailable",
  message: "Fleetwright did not answer. Nothing is known to have changed; try again in a moment.",
};

/** Runs the action once at a time and says what came of it. */
export function useReconcile(reconcile: Reconcile, onDone?: () => void) {
  const [pending, start] = useTransition();
  const run = (input: Parameters<Reconcile>[0]): void => {
    start(async () => {
      const result = await reconcile(input).catch(() => silent);
      if (!result.ok) {
        toast("failed", "Not reconciled", result.message);
        return;
      }
      const { asked, failed } = result.value;
      if (asked > 0)
        toast("done", `Flux was asked to reconcile ${asked === 1 ? "1 object" : `${asked} objects`}`);
      const [first] = failed;
      if (first) {
        const rest = failed.length > 1 ? ` ${failed.length - 1} more failed too.` : "";
        toast("failed", `${first.name} was not asked`, `${first.reason}${rest}`);
      }
      onDone?.();
    });
  };
  return { pending, run };
}
