import { createCipheriv, hkdfSync } from "node:crypto";
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

test("after a rotation the old key still opens and the new one seals", () => {
  const sealed = seal.close("ghu_token");
  const rotated = openSeal("a new secret of 32 characters !!!", ["a secret of at least 32 characters"]);
  expect(rotated.open(sealed)).toBe("ghu_token");
  expect(rotated.isCurrent(sealed)).toBe(false);
  const again = rotated.close(rotated.open(sealed));
  expect(rotated.isCurrent(again)).toBe(true);
  expect(again.split(".")[1]).not.toBe(sealed.split(".")[1]);
  expect(() => seal.open(again)).toThrow("which is not configured");
});

test("a value sealed before keys had ids opens, and is not current", () => {
  const old = "v1.AAAAAAAAAAAAAAAA";
  expect(seal.isCurrent(old)).toBe(false);
  expect(() => seal.open(old)).toThrow("not configured");
  const iv = Buffer.alloc(12, 7);
  const key = hkdfSync("sha256", "a secret of at least 32 characters", "fleetwright", "seal-v1", 32);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key), iv);
  const body = Buffer.concat([cipher.update("ghu_old", "utf8"), cipher.final()]);
  const sealed = `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
  expect(seal.open(sealed)).toBe("ghu_old");
  expect(
    openSeal("a new secret of 32 characters !!!", ["a secret of at least 32 characters"]).open(sealed),
  ).toBe("ghu_old");
});
