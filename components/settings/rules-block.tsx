"use client";

import { useState } from "react";
import { CodeView } from "@/components/code/code-view";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toasts";

interface Props {
  /** Where they belong: one sentence. */
  children: string;
  rules: string;
  name: string;
}

/** RBAC rules our account lacks, ready to be copied. */
export function RulesBlock({ children, rules, name }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(rules);
      setCopied(true);
    } catch {
      toast("failed", "The browser does not let us copy", "Select the lines and copy them by hand.");
    }
  };
  return (
    <div className="border-t px-3.5 py-3">
      <div className="mb-2 flex items-start justify-between gap-3">
        <p className="text-text-2">{children}</p>
        <Button onClick={() => void copy()}>{copied ? "Copied" : "Copy YAML"}</Button>
      </div>
      <CodeView path={`${name}.yaml`} content={rules} className="max-h-[240px] rounded-md border" />
    </div>
  );
}
