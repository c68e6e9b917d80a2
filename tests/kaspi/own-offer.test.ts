import { expect, test } from "vitest";
import { realHosts } from "@/lib/kaspi/hosts";
import { readOwnOffer } from "@/lib/kaspi/own-offer";

const read = (more: object) => readOwnOffer({ sku: "A", available: true, ...more }, realHosts);
const point = { storeId: "1_PP1", available: "yes" };

test.each<[string, object, number | null]>([
  [
    "its own price",
    { cityPrices: [{ cityId: "71", value: 5 }], allCityPrices: { 71: { price: 6 } }, price: 7 },
    5,
  ],
  [
    "the one shown there",
    { cityPrices: [{ cityId: "75", value: 5 }], allCityPrices: { 71: { price: 6 } }, price: 7 },
    6,
  ],
  [
    "the common one",
    { cityPrices: null, allCityPrices: { 75: { price: 6 } }, price: 7, minPrice: 8 },
    7,
  ],
  ["the lowest when the common one is 0", { price: 0, minPrice: 8 }, 8],
  ["none when all are 0", { price: 0, minPrice: 0, allCityPrices: { 71: { price: 0 } } }, null],
  ["the common one when the shown one is odd", { allCityPrices: { 71: "?" }, price: 7 }, 7],
  ["the common one when all shown are odd", { allCityPrices: [], price: 7 }, 7],
])("a city's price is %s", (_what, row, expected) => {
  expect(read(row)?.cityPrice("71")).toBe(expected);
});

test("a city named like a part of the language has no price", () => {
  expect(read({ allCityPrices: {}, price: 7 })?.cityPrice("constructor")).toBe(7);
});

test("no prices by city and an empty list of them are the same", () => {
  expect(read({ cityPrices: [] })?.cityPrices).toBeNull();
  expect(read({ cityPrices: null })?.cityPrices).toBeNull();
  expect(read({ cityPrices: [{ cityId: 71, value: 0 }] })?.cityPrices).toBeNull();
});

test("numbers may be printed as text, ids as numbers", () => {
  const offer = read({
    sku: 12,
    masterSku: 34,
    price: "247000",
    availabilities: [{ ...point, stockSpecified: true, stockCount: "2.0", preOrder: "0" }],
  });
  expect(offer).toMatchObject({ sku: "12", cardId: "34", price: 247_000, stock: 2 });
});

test("an article is kept to the letter, spaces included", () => {
  expect(read({ sku: " A 1 " })?.sku).toBe(" A 1 ");
  expect(read({ sku: " " })).toBeNull();
});

test("goods counted in fractions are whole pieces to us", () => {
  const availabilities = [{ ...point, stockSpecified: true, stockCount: "2.7" }];
  expect(read({ availabilities })?.stock).toBe(2);
});

test("a row whose price is past all reason cannot be read, instead of stopping its page", () => {
  expect(read({ price: 10_000_000_000 })).toBeNull();
});

test("the count left is what the stock says, else what the row says", () => {
  const availabilities = [
    { ...point, stockSpecified: true, stockCount: 9 },
    { ...point, storeId: "1_PP2", stockSpecified: true, stockCount: 4 },
    { ...point, storeId: "1_PP3", stockCount: 100 },
  ];
  const stocks = [{ stockLevel: { "1_PP1": { value: 7 } } }, { stockLevel: null }];
  const offer = read({ availabilities, stocks });
  expect(offer?.availabilities?.map(({ stockCount }) => stockCount)).toEqual([7, 4, 100]);
  expect(offer?.stock).toBe(11);
});

test.each<[string, object]>([
  ["its article", { sku: null }],
  ["whether it is on sale", { available: null }],
  ["whether a point sells it", { availabilities: [{ storeId: "1_PP1" }] }],
  ["a point sells it in a new way", { availabilities: [{ ...point, available: "maybe" }] }],
  ["which point it is", { availabilities: [{ available: "yes" }] }],
  ["a count below nothing", { availabilities: [{ ...point, stockCount: -1 }] }],
  ["a price by city", { cityPrices: [{ cityId: "71", value: "много" }] }],
  ["the city of a price", { cityPrices: [{ value: 5 }] }],
  ["a price below nothing", { price: -5 }],
])("a row that does not clearly say %s is not read", (_what, row) => {
  expect(read(row)).toBeNull();
});

test.each<[string, object]>([
  ["pictures", { images: "x", imagesV2: [{ medium: 1 }] }],
  ["names", { title: 5, brand: [], masterCategory: {} }],
  ["a page", { shopLink: false }],
  ["an offer id", { offerId: {} }],
])("odd %s do not cost the row", (_what, row) => {
  expect(read(row)).toMatchObject({ sku: "A", title: "A", imageUrl: null, offerId: null });
});

test.each<[object, string | null]>([
  [
    { images: ["/a/b.jpg"] },
    "https://resources.cdn-kaspi.kz/img/m/p/a/b.jpg?format=gallery-medium",
  ],
  [
    { images: [], imagesV2: [{ medium: "https://resources.cdn-kaspi.kz/x.jpg" }] },
    "https://resources.cdn-kaspi.kz/x.jpg",
  ],
  [{ imagesV2: [{ medium: "https://evil.example/x.jpg" }] }, null],
  [{}, null],
])("the picture of %j is %s", (row, expected) => {
  expect(read(row)?.imageUrl).toBe(expected);
});

test("a picture comes from what stands in for Kaspi's pictures", () => {
  const hosts = { ...realHosts, images: "http://127.0.0.1:4003" };
  const row = { sku: "A", available: true, imagesV2: [{ medium: `${realHosts.images}/x.jpg` }] };
  expect(readOwnOffer(row, hosts)?.imageUrl).toBe("http://127.0.0.1:4003/x.jpg");
});
