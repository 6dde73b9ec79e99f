"use client";

import { createContext, use } from "react";
import type { NewClusterForm } from "@/lib/queries/views";

export interface FormKnowledge {
  form: NewClusterForm;
  login: string;
  now: string;
  /** Field path → sentence, from the last preview or submission. */
  errors: Record<string, string>;
  /** True once one has tried to send: then every error is shown. */
  tried: boolean;
  /** Paths of what pickers hang on. */
  regionPath: string | null;
  versionPath: string | null;
}

export const FormContext = createContext<FormKnowledge | null>(null);

/** What fields know beside their own value. Throws outside of the form. */
export function useFormKnowledge(): FormKnowledge {
  const knowledge = use(FormContext);
  if (!knowledge) throw new Error("a field stands outside of its form");
  return knowledge;
}
