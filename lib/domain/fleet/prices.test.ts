import { describe, expect, it } from "vitest";
import { estimateCost, parsePrices } from "./prices.ts";

const { prices } = parsePrices(
  "currency: EUR\nasOf: 2026-11-01\nsource: list\nhoursPerMonth: 100\ncontrolPlane: {Standard: 0.1}\nregions: {westeurope: {S: 0.5}}\n",
);
const now = new Date("2026-11-24T00:00:00Z");
const spec = {
  region: "westeurope",
  tier: "Standard",
  pools: [{ size: "S", min: 2, max: 4 }],
  expiresAt: null,
};

describe("a cost estimate", () => {
  it("is a range from the fewest to the most nodes, control plane included", () => {
    expect(estimateCost(spec, prices, now)).toMatchObject({
      known: true,
      currency: "EUR",
      month: { min: 110, max: 210 },
      untilExpiry: null,
    });
  });

  it("counts until the expiry", () => {
    const until = estimateCost({ ...spec, expiresAt: "2026-11-24T10:00:00Z" }, prices, now);
    expect(until).toMatchObject({ untilExpiry: { min: 11, max: 21 } });
  });

  it.each([
    ["another size", { ...spec, pools: [{ size: "T", min: 1, max: 1 }] }, /no price for T in westeurope/],
    ["another region", { ...spec, region: "mars" }, /no price for S in mars/],
    ["another tier", { ...spec, tier: "Premium" }, /tier Premium/],
    ["no pool", { ...spec, pools: [] }, /no node pool/],
    ["no size", { ...spec, pools: [{ size: null, min: 1, max: 1 }] }, /no machine size/],
  ])("is unknown, never 0, with %s", (_what, unknown, reason) => {
    expect(estimateCost(unknown, prices, now)).toMatchObject({
      known: false,
      reason: expect.stringMatching(reason) as string,
    });
    expect(estimateCost(spec, null, now)).toMatchObject({ known: false });
  });
});
