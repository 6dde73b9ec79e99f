import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { knownErrorsPage } from "./known-errors.ts";

const page = new URL("../docs/reference/known-errors.md", import.meta.url);

/** With WRITE=1 the page is written anew. */
test("the page of known errors says what the catalogue says", () => {
  if (process.env["WRITE"] === "1") writeFileSync(page, knownErrorsPage());
  expect(readFileSync(page, "utf8")).toBe(knownErrorsPage());
});
