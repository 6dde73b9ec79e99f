"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { Failure } from "@/lib/domain/result";
import type { CreateAction, Values } from "./contracts";
import { uuid } from "./uuid";

/** What the server said to the last submission, and to which content of the form. */
interface Verdict {
  failure: Failure;
  content: string;
}

/**
 * Sends the form once. One key per content: a double click and a retry after a lost answer are the same request
 * to the server, a changed form is a new one. After success one is on the change's page. `submit` gives what the
 * server refused, null where it did not.
 */
export function useSubmission(create: CreateAction) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const sent = useRef<{ content: string; key: string } | null>(null);

  async function submit(template: string, parameters: Values): Promise<Failure | null> {
    if (busy) return null;
    setBusy(true);
    setVerdict(null);
    const content = contentOf(template, parameters);
    if (sent.current?.content !== content) sent.current = { content, key: uuid() };
    const result = await create({ template, parameters, idempotencyKey: sent.current.key }).catch(() => lost);
    if (result.ok) {
      router.push(`/changes/${result.value.number}`);
      return null;
    }
    // Ended for good on the server: asking again must be a new request.
    if (result.code === "conflict") sent.current = null;
    setVerdict({ failure: result, content });
    setBusy(false);
    return result;
  }
  return { submit, busy, verdict };
}

/** The form's content as one text: two that are equal ask for the same. */
export const contentOf = (template: string, parameters: Values): string =>
  JSON.stringify([template, parameters]);

const lost: Failure = {
  ok: false,
  code: "unavailable",
  message: "Fleetwright did not answer. What you typed is kept; send it again: it will not be opened twice.",
};
