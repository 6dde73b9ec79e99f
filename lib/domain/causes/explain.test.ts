import fc from "fast-check";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import { knownErrors } from "./known-errors.ts";

const entries = Object.values(knownErrors).flat();
const idOf = (message: string, reason: string | null = null) => explain({ reason, message })?.entry ?? null;

test("the catalogue has at least forty entries, each with its own id", () => {
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  expect(entries.length).toBeGreaterThanOrEqual(40);
});

test.each(entries.map((entry) => [entry.id, entry] as const))(
  "%s knows its example and no near-miss",
  (id, entry) => {
    const found = explain({ reason: entry.example.reason ?? null, message: entry.example.message });
    expect(found?.entry).toBe(id);
    expect(idOf(entry.nearMiss)).not.toBe(id);
    const said = [
      found?.title,
      found?.told,
      found?.meaning,
      found?.advice,
      found?.scope,
      ...(found?.fix ?? []),
    ];
    expect(said.filter((one) => one !== null).join("\n")).not.toMatch(
      /\{\w+\}|\[[^\]]*\{|undefined| {2}|\(\)/,
    );
    expect(found?.meaning).toMatch(/^(?:[A-Z]|dependsOn).*\.$/s);
  },
);

test("the numbers of a quota are in the words", () => {
  const quota = entries.find(({ id }) => id === "azure-quota");
  expect(explain({ reason: null, message: quota?.example.message ?? "" })?.meaning).toBe(
    "The subscription may not use more cores of standardDSv5Family in westeurope: 96 of 100 are in use and 64 more are asked for.",
  );
});

test("what a message says is text, never a template or a pattern", () => {
  const hostile = "<img src=x onerror=alert(1)>{family}[x]$&\\1";
  const found = explain({
    reason: null,
    message: `admission webhook "a.b" denied the request: ${hostile}`,
  });
  expect(found?.told).toBe(`a.b says: ${hostile}`);
});

test("any text is answered, and whatever surrounds an error it stays what it is", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string(), (message, reason) => {
      const found = explain({ reason, message });
      return found === null || entries.some(({ id }) => id === found.entry);
    }),
  );
});

/** Pieces on which a careless pattern would try again and again. */
const pieces = [
  "a",
  " ",
  "'",
  '"',
  ": ",
  "/",
  "(",
  "kustomize build failed: ",
  "Helm upgrade failed ",
  "x509:",
  "lookup ",
  "unable to clone '",
  "image ",
  "open /tmp/kustomization-1/",
  "Deployment/",
  "exceeding approved ",
  'admission webhook "',
];

test.each(pieces)("200 KB of %j are read in a moment", { timeout: 5_000 }, (piece) => {
  const message = piece.repeat(Math.ceil(200_000 / piece.length));
  for (const { example } of entries)
    explain({ reason: example.reason ?? null, message: `${message}${example.message}` });
});
