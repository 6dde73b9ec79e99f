import { ourChecks } from "./check-outcome.ts";
import { escapeMarkdown, inlineCode } from "./escape-markdown.ts";
import { ChangeMeta } from "./meta.ts";

/** What a pull request of ours says, section by section. */
export interface ChangeBody {
  /** Markdown of ours; values in it are already escaped. */
  what: string;
  /** The person's own words. */
  why: string | null;
  login: string;
  team: string | null;
  undo: string;
  meta: ChangeMeta;
}

const opening = "<!-- fleetwright:change ";
const closing = " -->";

/** Renders the body: what, why, who, parameters, cost, checks, how to undo, and the meta in a hidden comment. */
export function renderBody(body: ChangeBody): string {
  const { meta } = body;
  const who = `Asked for by ${inlineCode(body.login)}${body.team === null ? "" : ` for team ${inlineCode(body.team)}`}.`;
  const sections: [string, string][] = [
    ["What", body.what],
    ["Why", body.why === null || body.why.trim() === "" ? "No reason was given." : quote(body.why)],
    ["Who", who],
    ["Parameters", table(meta.parameters)],
    ["Cost", meta.cost === null ? "Unknown: a price is missing." : escapeMarkdown(meta.cost)],
    [
      "Checks",
      `Fleetwright writes ${ourChecks.map((name) => `\`${name}\``).join(", ")} on this pull request.`,
    ],
    ["How to undo", body.undo],
  ];
  const shown = sections.map(([title, content]) => `## ${title}\n\n${content}`).join("\n\n");
  const trailer = meta.requestedBy === null ? "" : `\n\nRequested-by: ${meta.requestedBy}`;
  return `${shown}\n\n${opening}${hidden(meta)}${closing}${trailer}\n`;
}

/** JSON without a character that could end an HTML comment or start a tag (no negative numbers in it). */
const hidden = (meta: ChangeMeta): string =>
  JSON.stringify(meta).replace(/[<>&-]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

const quote = (text: string): string =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => `> ${escapeMarkdown(line)}`)
    .join("\n");

function table(rows: ChangeMeta["parameters"]): string {
  if (rows.length === 0) return "None.";
  const lines = rows.map(({ label, value }) => `| ${escapeMarkdown(label)} | ${inlineCode(value)} |`);
  return ["| Parameter | Value |", "|---|---|", ...lines].join("\n");
}

export interface ParsedBody {
  /** null for a pull request that is not ours, or whose comment is broken. */
  meta: ChangeMeta | null;
  /** The body without our comment and trailer. */
  text: string;
  /** Of the trailer; null when there is none. */
  requestedBy: string | null;
}

/** Reads a body back, ours or anybody's. Only the last comment counts (ours stands at the end); never throws. */
export function parseBody(body: string): ParsedBody {
  const start = body.lastIndexOf(opening);
  const end = start < 0 ? -1 : body.indexOf(closing, start);
  const meta = end < 0 ? null : parseMeta(body.slice(start + opening.length, end));
  const rest = end < 0 ? body : `${body.slice(0, start)}${body.slice(end + closing.length)}`;
  const trailer = /^Requested-by: ([A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?)\s*$/m.exec(rest);
  const text = (trailer ? rest.replace(trailer[0], "") : rest).trim();
  return { meta, text, requestedBy: trailer?.[1] ?? meta?.requestedBy ?? null };
}

function parseMeta(json: string): ChangeMeta | null {
  try {
    const parsed = ChangeMeta.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
