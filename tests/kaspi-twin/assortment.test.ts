import { expect, test } from "vitest";
import { indexOfSku, skuAt } from "@/lib/kaspi-twin/assortment";
import { CARDS, catalogue } from "@/lib/kaspi-twin/catalogue";
import { merchants } from "@/lib/kaspi-twin/merchants";
import { productKinds } from "@/lib/kaspi-twin/product-kinds";

const cards = catalogue("duken");

test("every article of every merchant is its own and leads back to its offer", () => {
  for (const merchant of merchants) {
    const skus = new Set<string>();
    for (let index = 0; index < merchant.offers; index++) {
      const sku = skuAt(cards, merchant, index);
      skus.add(sku);
      if (indexOfSku(cards, merchant, sku) !== index) expect.fail(`${merchant.uid} loses ${sku}`);
    }
    expect(skus.size).toBe(merchant.offers);
  }
});

test.each([
  "",
  "100111266",
  "VE99",
  "VE1100",
  "061",
  "069999999",
  "100111266_000000000",
  "VE100(9)",
])("no merchant has the article %j", (sku) => {
  for (const merchant of merchants) expect(indexOfSku(cards, merchant, sku)).toBeNull();
});

test("card numbers have nine digits, are spread out, and lead back to their card", () => {
  const ids = new Set<string>();
  for (let index = 0; index < CARDS; index += 97) {
    const { id } = cards.card(index);
    ids.add(id);
    expect(id).toMatch(/^1\d{8}$/);
    expect(cards.find(id)?.index).toBe(index);
  }
  expect(ids.size).toBe(Math.ceil(CARDS / 97));
  const near = Number(cards.card(0).id) + 1;
  expect(cards.find(String(near))).toBeNull();
});

test("prices run from hundreds to hundreds of thousands of tenge", () => {
  const prices = Array.from({ length: 2_000 }, (_, index) => cards.card(index).usualPrice);
  expect(Math.min(...prices)).toBeGreaterThanOrEqual(500);
  expect(Math.min(...prices)).toBeLessThan(1_500);
  expect(Math.max(...prices)).toBeGreaterThan(500_000);
  expect(Math.max(...prices)).toBeLessThanOrEqual(900_000);
});

test("every kind of product is complete", () => {
  expect(productKinds.length).toBeGreaterThan(30);
  for (const { noun, category, models, prices } of productKinds) {
    expect(category, noun).not.toBe("");
    expect(prices[0], noun).toBeLessThan(prices[1]);
    for (const { brand, name } of models) expect(brand && name, noun).toBeTruthy();
  }
});
