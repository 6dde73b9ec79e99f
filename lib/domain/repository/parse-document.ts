import type { Document } from "yaml";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { lineOf, type Problem } from "./problem.ts";

/** A value out of one of the portal's own YAML files, and everything wrong with it. */
export interface Parsed<T> {
  /** Null where the file cannot be used. */
  value: T | null;
  problems: Problem[];
}

/**
 * Parses one YAML document against a strict schema. Keys the schema does not know are warnings (`loose`, the same
 * schema without strictness, then gives the value); anything else makes the value null.
 */
export function parseDocumentWith<T>(
  file: string,
  text: string,
  schemas: { strict: z.ZodType<T>; loose: z.ZodType<T> },
): Parsed<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map((error): Problem => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    at: "",
    message: `is not valid YAML: ${error.message}`,
    severity: "error",
  }));
  if (syntax.length > 0) return { value: null, problems: syntax };
  const data: unknown = document.toJS({ maxAliasCount: 20 });
  const strict = schemas.strict.safeParse(data);
  if (strict.success) return { value: strict.data, problems: [] };
  const problems = strict.error.issues.flatMap((issue) => toProblems(file, document, lines, issue));
  const loose = schemas.loose.safeParse(data);
  return { value: loose.success ? loose.data : null, problems };
}

function toProblems(
  file: string,
  document: Document,
  lines: LineCounter,
  issue: z.core.$ZodIssue,
): Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      file,
      line: lineOf(document, lines, [...issue.path, key]),
      at: [...issue.path, key].map(String).join("."),
      message: "is not a known key; it is ignored",
      severity: "warning",
    }));
  }
  return [
    {
      file,
      line: lineOf(document, lines, issue.path),
      at: issue.path.map(String).join("."),
      message: issue.message,
      severity: "error",
    },
  ];
}
