/**
 * Makes text of a person safe inside Markdown: it shows as typed, on one paragraph per line, mentions nobody,
 * links nothing and breaks out of nothing (GitHub's autolinks run after escapes, hence the word joiner).
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+\-.!|~>$]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/@|(?<=\bhttps?)\\?:|(?<=\\)#/gi, "$&\u2060");
}

/** Text as inline code: the fence is longer than any run of backticks in it; no line breaks. */
export function inlineCode(text: string): string {
  const flat = visible(text)
    .replace(/\s+/g, " ")
    .replace(/\|/g, "\u01c0")
    .replace(/<!--|-->/g, "\u2060$&")
    .replace(/--/g, "-\u2060-");
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return flat.trim() === "" ? "–" : longest > 0 ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`;
}

/** Without control characters and direction overrides, which show one thing and mean another. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}
