import { expect, test } from "vitest";
import type { OfferTruth } from "@/lib/kaspi-twin/offer-controls";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { differences, sample } from "./same-shape";
import { twinForTest, visitorInside } from "./visitor";

const almaty = "750000000";
const astana = "710000000";
const shymkent = "511010000";
const merchantUid = "30518274";
const second = 1_000;

/** The demo shop's visitor, and its first offer that fits. */
async function shopWith(is: (offer: OfferTruth) => boolean = plain) {
  const twin = await twinForTest({ limits: { writesPerSecond: 1_000 } });
  const visitor = await visitorInside(twin, "demo");
  const offer = twin.offers({ merchantUid, onSale: true }).find(is);
  if (!offer) throw new Error("the shop has no such offer");
  const { sku } = offer;
  const truth = () => twin.offer({ merchantUid, sku });
  const row = async () =>
    (await visitor.rows(`m=${merchantUid}&t=${sku}`)).data.find((one) => one.sku === sku);
  /** Writes and waits until Kaspi has applied it. */
  const write = async (change: object) => {
    const answer = await visitor.write({ merchantUid, sku, ...change });
    expect(answer.status).toBe(200);
    twin.advance({ ms: 7 * second });
    return truth();
  };
  return { twin, visitor, offer, sku, truth, row, write };
}

function plain({ cityPrices, oldPrice, points, model }: OfferTruth): boolean {
  const uncounted = points?.every((one) => one.stockCount === null && one.preOrder === null);
  return cityPrices === null && oldPrice === null && model !== null && uncounted === true;
}

const counted = ({ points }: OfferTruth) => points?.every((one) => one.stockCount) ?? false;
const withCityPrices = ({ cityPrices }: OfferTruth) => (cityPrices?.length ?? 0) > 1;

function reasons(twin: Twin) {
  return twin.writes().map(({ outcome, why, status }) => ({ outcome, why, status }));
}

test("a write is accepted at once and applied later; the row says so meanwhile", async () => {
  const { visitor, twin, sku, offer, truth, row } = await shopWith();
  const answer = await visitor.write({ merchantUid, sku, price: 4_321 });
  const accepted = (await answer.json()) as { id: string };
  expect(differences(sample("pricefeed-process.response.json"), accepted)).toEqual([]);
  expect(accepted.id).toMatch(/^[0-9a-f]{24}$/);

  expect(truth()).toMatchObject({ price: offer.price, pending: true });
  const waiting = await row();
  expect(waiting).toMatchObject({ operationType: "IN_PROGRESS", processed: false });
  const recorded = sample("bff-offer-view-list_in-progress.response.json");
  const [like] = (recorded as { data: unknown[] }).data;
  expect(differences(like, waiting)).toEqual([]);
  expect(waiting?.minPrice).toBe(offer.price);

  twin.advance({ ms: 7 * second });
  const done = await row();
  expect(done).toMatchObject({ price: 4_321, minPrice: 4_321 });
  expect(done).not.toHaveProperty("operationType");
  expect(done?.allCityPrices[shymkent]?.price).toBe(4_321);
  expect(reasons(twin)).toEqual([{ outcome: "applied", why: null, status: 200 }]);
});

test("a model that is not the row's is accepted and silently dropped", async () => {
  const { twin, write, offer } = await shopWith();
  const after = await write({ price: 4_321, model: `${offer.model} купить` });
  expect(after.price).toBe(offer.price);
  expect(reasons(twin)).toEqual([{ outcome: "ignored", why: "wrong model", status: 200 }]);
  expect((await write({ price: 4_321, model: offer.model })).price).toBe(4_321);
});

test("points that are not listed leave sale", async () => {
  const { write, offer } = await shopWith(({ points }) => points?.length === 3 && true);
  const [first] = offer.points ?? [];
  const availabilities = [{ available: "yes", storeId: first?.pointId }];
  const after = await write({ price: offer.price, availabilities });
  expect(after.onSale).toBe(true);
  expect(after.points?.map(({ pointId }) => pointId)).toEqual([first?.pointId]);
});

test("without availabilities the points stay as they are", async () => {
  const { write, offer } = await shopWith(counted);
  expect((await write({ price: 4_321 })).points).toEqual(offer.points);
});

test.each([
  ["no point is available", [{ available: "no", storeId: "30518274_PP1" }]],
  ["the point lacks its merchant", [{ available: "yes", storeId: "PP1" }]],
  ["stockCount is null", [{ available: "yes", storeId: "30518274_PP1", stockCount: null }]],
  ["stockCount is 0", [{ available: "yes", storeId: "30518274_PP1", stockCount: 0 }]],
  ["the list is empty", []],
])("the offer is removed when %s", async (_, availabilities) => {
  const { write, row } = await shopWith();
  expect((await write({ availabilities })).onSale).toBe(false);
  expect(await row()).toMatchObject({ available: false, availabilities: null, price: 0 });
});

test("counted stock is kept by sending it and lost by leaving it out", async () => {
  const { write, offer, row } = await shopWith(counted);
  const points = offer.points ?? [];
  const sent = points.map(({ pointId, stockCount }) => ({
    available: "yes",
    storeId: pointId,
    stockCount,
  }));
  expect((await write({ availabilities: sent })).points).toEqual(points);
  expect((await row())?.stocks).toHaveLength(points.length);
  const bare = sent.map(({ stockCount: _, ...rest }) => rest);
  const after = await write({ availabilities: bare });
  expect(after.points?.map(({ stockCount }) => stockCount)).toEqual(points.map(() => null));
  expect(await row()).not.toHaveProperty("stocks");
});

test("preorder days are set per point or for all of them", async () => {
  const { write } = await shopWith();
  const availabilities = [
    { available: "yes", storeId: "30518274_PP1", preOrder: 3 },
    { available: "yes", storeId: "30518274_PP2" },
  ];
  const days = (offer: OfferTruth) => offer.points?.map(({ preOrder }) => preOrder);
  expect(days(await write({ availabilities }))).toEqual([3, null]);
  expect(days(await write({ availabilities, preOrder: 5 }))).toEqual([3, 5]);
});

test("city prices replace each other; unlisted cities take the base price or the lowest", async () => {
  const { write, row } = await shopWith(withCityPrices);
  const cityPrices = [
    { cityId: almaty, value: 12_990 },
    { cityId: astana, value: 13_490 },
  ];
  await write({ cityPrices });
  expect(await row()).toMatchObject({ price: 0, minPrice: 12_990, maxPrice: 13_490, cityPrices });
  expect((await row())?.allCityPrices[shymkent]?.price).toBe(12_990);
  await write({ cityPrices, price: 14_000 });
  expect(await row()).toMatchObject({ price: 14_000, minPrice: 12_990, maxPrice: 14_000 });
  expect((await row())?.allCityPrices[shymkent]?.price).toBe(14_000);
});

test("a single price on a row with city prices is for every city", async () => {
  const { write, row } = await shopWith(withCityPrices);
  const after = await write({ price: 9_990 });
  expect(after).toMatchObject({ price: 9_990, cityPrices: null });
  expect((await row())?.allCityPrices[almaty]?.price).toBe(9_990);
});

test("the batch takes offers off sale and puts them back", async () => {
  const { twin, visitor, offer, sku, truth } = await shopWith();
  const path = "/pricefeed/upload/merchant/process/process/batch";
  const batch = async (available: string) => {
    const availabilities = [{ available, storeId: "30518274_PP1" }];
    const body = [{ merchantUid, sku, model: offer.model, availabilities }];
    expect((await visitor.cabinet(path, { body })).status).toBe(200);
    twin.advance({ ms: 7 * second });
    return truth();
  };
  expect((await batch("no")).onSale).toBe(false);
  const onSale = await visitor.rows(`m=${merchantUid}&a=true&l=1`);
  expect(onSale.total).toBe(949);
  expect(await batch("yes")).toMatchObject({ onSale: true, price: offer.price });
});

test("a price alone does not put a removed offer back on sale", async () => {
  const { twin, write, sku } = await shopWith();
  twin.removeOffer({ merchantUid, sku });
  expect(await write({ price: 4_321 })).toMatchObject({ onSale: false, price: 4_321 });
});

test.each([
  ["an unknown article", { sku: "never-seen", price: 100 }, 400],
  ["a merchant of another login", { merchantUid: "17203946", price: 100 }, 403],
  ["a price below 10 tenge", { price: 9 }, 400],
  ["a price with tiyn", { price: 99.5 }, 400],
  ["a price in text", { price: "4321" }, 400],
  ["a city that does not exist", { cityPrices: [{ cityId: "770000000", value: 100 }] }, 400],
  [
    "an availability of neither yes nor no",
    { availabilities: [{ available: true, storeId: "PP1" }] },
    400,
  ],
])("%s is refused and logged", async (_, change, status) => {
  const { twin, visitor, sku, offer, truth } = await shopWith();
  const answer = await visitor.write({ merchantUid, sku, ...change });
  expect([answer.status, await answer.text()]).toEqual([status, ""]);
  twin.advance({ ms: 7 * second });
  expect(truth().price).toBe(offer.price);
  expect(reasons(twin)).toMatchObject([{ outcome: "refused", status }]);
});

test("two writes of one offer are applied in their order", async () => {
  const { twin, visitor, sku, truth } = await shopWith();
  await visitor.write({ merchantUid, sku, price: 4_321 });
  twin.advance({ ms: 3 * second });
  await visitor.write({ merchantUid, sku, price: 4_000 });
  twin.advance({ ms: 3_500 });
  expect(truth()).toMatchObject({ price: 4_321, pending: true });
  twin.advance({ ms: 3 * second });
  expect(truth()).toMatchObject({ price: 4_000, pending: false });
});
