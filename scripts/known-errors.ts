import { explain } from "../lib/domain/causes/explain.ts";
import type { KnownError } from "../lib/domain/causes/known-error.ts";
import { knownErrors } from "../lib/domain/causes/known-errors.ts";

/** docs/reference/known-errors.md, from the catalogue. */
export function knownErrorsPage(): string {
  const head = [
    "# Known errors",
    "",
    "Errors that Fleetwright says in plain words, each with an example as a reporter writes it. The page is made from",
    "the catalogue in lib/domain/causes/catalogue; after a change: `WRITE=1 npx vitest run scripts/known-errors.test.ts`.",
  ];
  const areas = Object.entries(knownErrors).flatMap(([area, entries]) => [
    "",
    `## ${area}`,
    ...entries.flatMap(describe),
  ]);
  return `${[...head, ...areas].join("\n")}\n`;
}

function describe({ id, example, source }: KnownError): string[] {
  const found = explain({ reason: example.reason ?? null, message: example.message });
  if (found === null) throw new Error(`${id} does not know its own example`);
  const link = found.link === null ? [] : [`- Read on: <${found.link}>`];
  return [
    "",
    `### ${id}: ${escape(found.title)}`,
    "",
    `\`\`\`text\n${example.message}\n\`\`\``,
    "",
    escape(found.meaning),
    "",
    `- Who can end it: ${found.who}`,
    `- How: ${escape(found.fix.join(" "))}`,
    ...link,
    `- Wording from: ${escape(source)}`,
  ];
}

const escape = (text: string): string => text.replace(/[*_<>`]/g, (sign) => `\\${sign}`);
