import { expect, it } from "vitest";
import { offerLines } from "@/components/repricing/offer-line";
import { tenge } from "@/lib/core/money";
import type { MarketOffer } from "@/lib/kaspi/competitor-offers";

const offer = (merchantId: string): MarketOffer => ({
  merchantId,
  merchantName: merchantId,
  price: tenge(1_000),
  rating: null,
  reviews: null,
  delivery: null,
  deliveryAt: null,
  preorderDays: 0,
});

it("tells this store, our other stores and rivals apart", () => {
  const ours = { merchantId: "1", knownMerchants: new Set(["1", "2"]) };
  const lines = offerLines(["1", "2", "3"].map(offer), ours);
  expect(lines.map(({ whose }) => whose)).toEqual(["this", "own", "rival"]);
});

it("keeps two offers of one seller apart", () => {
  const ours = { merchantId: "1", knownMerchants: new Set(["1"]) };
  const keys = offerLines([offer("3"), offer("3")], ours).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
});
