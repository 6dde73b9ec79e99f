import { createCssVariablesTheme, createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import yaml from "shiki/langs/yaml.mjs";

interface Token {
  content: string;
  color?: string;
}

export type Highlight = (code: string) => Token[][];

const theme = createCssVariablesTheme({ name: "fleetwright", variablePrefix: "--code-" });

/** YAML highlighter with our colours as CSS variables; the JavaScript engine needs neither eval nor WebAssembly. */
export async function loadHighlighter(): Promise<Highlight> {
  const shiki = await createHighlighterCore({
    themes: [theme],
    langs: [yaml],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return (code) => shiki.codeToTokensBase(code, { lang: "yaml", theme: "fleetwright" });
}
