import { expect, test } from "vitest";
import { differences, sample } from "./same-shape";
import { type Row, twinForTest, visitorInside } from "./visitor";

const demo = "m=30518274";

function firstRow(file: string): unknown {
  return (sample(file) as { data: unknown[] }).data[0];
}

test("a row on sale has every key of the recorded ones, with their types", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const { data } = await visitor.rows(`${demo}&p=0&l=20&a=true`);
  const recorded = sample("bff-offer-view-list_active_2026-09-15.response.json");
  const [withPreorder, withStock] = (recorded as { data: unknown[] }).data;
  for (const row of data) expect(differences(withPreorder, row)).toEqual([]);
  const counted = data.filter((row) => row.stocks);
  expect(counted.length).toBeGreaterThan(0);
  const { stocks: _, ...rest } = withStock as { stocks: unknown };
  for (const row of counted) expect(differences(rest, row)).toEqual([]);
});

test("a removed row keeps its prices, loses its availabilities and says why", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const { data, total } = await visitor.rows(`${demo}&p=0&l=10&a=false`);
  expect(total).toBe(50);
  const recorded = firstRow("bff-offer-view-list_removed-offer_2025-05.response.json");
  for (const row of data) {
    expect(differences(recorded, row)).toEqual([]);
    expect(row).toMatchObject({ price: 0, availabilities: null, cityPrices: null, model: null });
    expect(row.minPrice).toBeGreaterThan(0);
    expect(row.offerError?.errorCodes).toEqual(["NO_AVAILABILITIES"]);
  }
});

test("pages are counted from 0, do not overlap, and end with an empty one", async () => {
  const visitor = await visitorInside(await twinForTest(), "small");
  const pages = [];
  for (const page of [0, 1, 2]) pages.push(await visitor.rows(`m=17203946&p=${page}&l=25`));
  expect(pages.map(({ data }) => data.length)).toEqual([25, 25, 0]);
  expect(pages.map(({ total }) => total)).toEqual([50, 50, 50]);
  const skus = pages.flatMap(({ data }) => data.map((row) => row.sku));
  expect(new Set(skus).size).toBe(50);
});

test("total belongs to the filter", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const total = async (query: string) => (await visitor.rows(`${demo}&l=1${query}`)).total;
  expect([await total(""), await total("&a=true"), await total("&a=false")]).toEqual([
    1_000, 950, 50,
  ]);
});

test("a page is 10 rows unless asked otherwise; over 100 or nonsense is refused", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  expect((await visitor.rows(demo)).data).toHaveLength(10);
  for (const query of ["l=101", "l=0", "p=-1", "p=x"]) {
    const answer = await visitor.cabinet(`/bff/offer-view/list?${demo}&${query}`);
    expect(answer.status, query).toBe(400);
  }
});

test("the search finds articles, card numbers and titles, also parts of them", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const { data } = await visitor.rows(`${demo}&l=100`);
  const search = async (text: string) =>
    (await visitor.rows(`${demo}&l=100&t=${encodeURIComponent(text)}`)).data;
  for (const row of data.slice(0, 20)) {
    expect((await search(row.sku)).map(({ sku }) => sku)).toContain(row.sku);
    expect((await search(row.masterSku)).map(({ sku }) => sku)).toEqual([row.sku]);
  }
  const own = data.find(({ sku }) => /^VE\d{3}$/.test(sku));
  expect(own).toBeDefined();
  expect((await search("телевизор lg")).length).toBeGreaterThan(1);
  expect(await search("нет такого")).toEqual([]);
});

test("a shop has every sort of offer that surprises programs", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const { data } = await visitor.rows(`${demo}&l=100`);
  const has = (is: (row: Row) => boolean | undefined) => data.some((row) => is(row));
  expect(has((row) => row.price === 0 && row.available && row.minPrice > 0)).toBe(true);
  expect(has((row) => row.minPrice < row.maxPrice)).toBe(true);
  expect(has((row) => row.model === null && row.available)).toBe(true);
  expect(has((row) => row.availabilities?.some(({ preOrder }) => (preOrder ?? 0) > 0))).toBe(true);
  expect(has((row) => row.availabilities?.some(({ available }) => available === "no"))).toBe(true);
  expect(has((row) => row.availabilities?.some(({ stockSpecified }) => stockSpecified))).toBe(true);
  expect(has((row) => Object.values(row.allCityPrices)[0]?.oldPrice !== null)).toBe(true);
  const offers = visitor.twin.offers({ merchantUid: "30518274", limit: 1_000 });
  expect(offers.some(({ sku, cardId }) => sku.startsWith(`${cardId}_`))).toBe(true);
  for (const form of [/^06\d{7}$/, /^VE\d+$/, /^LE634-\d+/, /\(\d\)$/, /^арт-/]) {
    expect(offers.some(({ sku }) => form.test(sku))).toBe(true);
  }
});

test("a page of 100 rows weighs 1 to 2 MB: 270 city prices each", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const answer = await visitor.cabinet(`/bff/offer-view/list?${demo}&p=0&l=100`);
  const text = await answer.text();
  expect(Buffer.byteLength(text)).toBeGreaterThan(1_000_000);
  expect(Buffer.byteLength(text)).toBeLessThan(2_500_000);
  const { data } = JSON.parse(text) as { data: Row[] };
  for (const row of data) expect(Object.keys(row.allCityPrices)).toHaveLength(270);
});

test("a shop of 50,000 offers is read at any page, and searched", async () => {
  const visitor = await visitorInside(await twinForTest(), "big");
  const { total } = await visitor.rows("m=20450087&p=0&l=100&a=true");
  expect(total).toBe(47_500);
  for (const page of [1, 100, 200, 300, 474]) {
    const { data } = await visitor.rows(`m=20450087&p=${page}&l=100&a=true`);
    expect(data).toHaveLength(100);
  }
  const found = await visitor.rows("m=20450087&t=VE40100");
  expect(found.data.every(({ sku }) => sku.includes("VE40100"))).toBe(true);
});

test("points have the recorded shape, closed ones included", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const answer = await visitor.cabinet("/bff/offer-view/points?merchantUid=30518274");
  const points = (await answer.json()) as { pickupPoints: { name: string; active: boolean }[] }[];
  expect(differences(sample("bff-offer-view-points.response.json"), points)).toEqual([]);
  const all = points.flatMap(({ pickupPoints }) => pickupPoints);
  expect(all.map(({ name, active }) => [name, active])).toEqual([
    ["30518274_PP1", true],
    ["30518274_PP3", true],
    ["30518274_PP2", true],
    ["30518274_PP9", false],
  ]);
});

test("details have the recorded shape, alone and in a batch", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const { data } = await visitor.rows(`${demo}&l=1&a=false`);
  const sku = data[0]?.sku ?? "";
  const one = await visitor.cabinet(`/bff/offer-view/details?${demo}&s=${sku}`);
  const recorded = sample("bff-offer-view-details_removed-offer_2025-05.response.json");
  const { masterProduct: _, ...withoutCard } = recorded as { masterProduct: unknown };
  expect(differences(withoutCard, await one.json())).toEqual([]);
  const missing = await visitor.cabinet(`/bff/offer-view/details?${demo}&s=missing`);
  expect(missing.status).toBe(404);

  const body = { sku: [sku, "missing"] };
  const batch = await visitor.cabinet(`/offers/api/v1/offer/details?${demo}`, { body });
  const rows = (await batch.json()) as unknown[];
  expect(rows).toHaveLength(1);
  expect(differences(sample("offers-api-offer-details.response.json"), rows)).toEqual([]);
});

test("pictures are drawn by their path and look different", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const { data } = await visitor.rows(`${demo}&l=2`);
  const drawings = await Promise.all(
    data.map(async ({ imagesV2 }) => {
      const answer = await visitor.ask(imagesV2[0]?.small ?? "");
      expect(answer.headers.get("content-type")).toBe("image/svg+xml");
      return answer.text();
    }),
  );
  expect(new Set(drawings).size).toBe(2);
  const nowhere = `${visitor.twin.urls.images}/img/m/p/p00/p00/nothing.jpg`;
  expect((await visitor.ask(nowhere)).status).toBe(404);
});
