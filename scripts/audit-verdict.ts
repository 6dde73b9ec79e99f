import { z } from "zod";

const answer = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string().optional() })),
});
const grave = ["high", "critical"];

export type AuditVerdict =
  { kind: "clean" } | { kind: "found"; lines: string[] } | { kind: "not-asked"; why: string };

/** What `npm audit --json` said: an answer it did not get is neither good nor bad news. */
export function auditVerdict(output: string): AuditVerdict {
  const value = parse(output);
  const parsed = answer.safeParse(value);
  if (!parsed.success) {
    const said = z.object({ message: z.string() }).safeParse(value);
    return { kind: "not-asked", why: said.success ? said.data.message : "npm gave no answer" };
  }
  const lines = Object.entries(parsed.data.vulnerabilities)
    .filter(([, { severity }]) => grave.includes(severity))
    .map(([name, { severity, range }]) => `${severity}: ${name} ${range ?? ""}`.trim());
  return lines.length === 0 ? { kind: "clean" } : { kind: "found", lines };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
