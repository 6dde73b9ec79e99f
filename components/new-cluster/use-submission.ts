"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { Failure } from "@/lib/domain/result";
import type { CreateAction, Values } from "./contracts";
import { uuid } from "./uuid";

/**
 * Sends the form once. One key per content: a double click and a retry after a lost answer are the same request
 * to the server, a changed form is a new one. After success one is on the change's page.
 */
export function useSubmission(create: CreateAction) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const sent = useRef<{ content: string; key: string } | null>(null);

  async function submit(template: string, parameters: Values): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const content = JSON.stringify([template, parameters]);
    if (sent.current?.content !== content) sent.current = { content, key: uuid() };
    const result = await create({ template, parameters, idempotencyKey: sent.current.key }).catch(() => lost);
    if (result.ok) {
      router.push(`/changes/${result.value.number}`);
      return;
    }
    // Ended for good on the server: asking again must be a new request.
    if (result.code === "conflict" || result.code === "forbidden") sent.current = null;
    setFailure(result);
    setBusy(false);
  }
  return { submit, busy, failure };
}

const lost: Failure = {
  ok: false,
  code: "unavailable",
  message: "Fleetwright did not answer. What you typed is kept; send it again: it will not be opened twice.",
};
