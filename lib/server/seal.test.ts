import { expect, test } from "vitest";
import { hashToken, openSeal } from "./seal.ts";

const seal = openSeal("a secret of at least 32 characters");

test("what was sealed opens again, and never looks the same twice", () => {
  const [one, two] = [seal.close("ghu_token"), seal.close("ghu_token")];
  expect(seal.open(one)).toBe("ghu_token");
  expect(one).not.toBe(two);
  expect(one).not.toContain("ghu_token");
});

test("another key, or one changed character, opens nothing", () => {
  const sealed = seal.close("ghu_token");
  expect(() => openSeal("another secret of 32 characters!!").open(sealed)).toThrow();
  const flipped = sealed.slice(0, 20) + (sealed[20] === "A" ? "B" : "A") + sealed.slice(21);
  expect(() => seal.open(flipped)).toThrow();
  expect(() => seal.open("ghu_token")).toThrow("not a sealed value");
});

test("a session token is kept as its hash", () => {
  expect(hashToken("cookie")).toMatch(/^[0-9a-f]{64}$/);
});
