import { expect, test } from "vitest";
import { differences, sample } from "./same-shape";
import { twinForTest, Visitor, visitorInside } from "./visitor";

const almaty = "750000000";
const astana = "710000000";

type Offer = {
  merchantId: string;
  merchantRating?: number | null;
  merchantReviewsQuantity?: number;
  price: number;
  preorder: number;
  deliveryDuration: string;
};
type Offers = { offers: Offer[]; total: number; offersCount: number };

/** A visitor who reads the market without minding the limit. */
async function reader() {
  const twin = await twinForTest({ limits: { offersPerSecond: 1_000 } });
  const visitor = new Visitor(twin);
  const read = async (cardId: string, body: object = { cityId: almaty, limit: 64 }) =>
    (await (await visitor.offers(cardId, body)).json()) as Offers;
  const cards = twin
    .offers({ merchantUid: "30518274", onSale: true, limit: 200 })
    .map(({ cardId }) => cardId);
  /** A card with so many sellers in Almaty. */
  const crowd = (sellers: number) =>
    cards.find((cardId) => twin.market({ cardId, cityId: almaty }).length > sellers) ?? "";
  return { twin, visitor, read, cards, crowd };
}

test("an answer has the recorded shape; only a newcomer's rating may be missing", async () => {
  const { read, cards } = await reader();
  const recorded = sample("offer-view-offers_102298404_2026-09-18.response.json") as Offers;
  const [full, newcomer] = recorded.offers;
  for (const card of cards.slice(0, 20)) {
    const answer = await read(card);
    expect(differences({ ...recorded, offers: [] }, answer)).toEqual([]);
    for (const offer of answer.offers) {
      const like = "merchantRating" in offer ? full : { ...newcomer };
      expect(differences(keysOf(like), keysOf(offer))).toEqual([]);
    }
  }
});

/** Pick-up keys come and go in the recorded answer too. */
function keysOf(offer: object | undefined): object {
  const { pickup, pointsWithAvailability, ...always } = { ...offer } as Record<string, unknown>;
  return always;
}

test("prices are printed as floats and sorted", async () => {
  const { visitor, read, cards } = await reader();
  const text = await (await visitor.offers(cards[2] ?? "", { cityId: almaty, limit: 64 })).text();
  expect(text).toMatch(/"price":\d+\.0,/);
  for (const card of cards.slice(0, 30)) {
    const prices = (await read(card)).offers.map(({ price }) => price);
    expect(prices).toEqual([...prices].sort((one, other) => one - other));
  }
});

test("the market has lonely cards and crowds, preorders, newcomers and all sorts of delivery", async () => {
  const { twin } = await reader();
  const cards = twin.offers({ merchantUid: "30518274", limit: 1_000 });
  const markets = cards.map(({ cardId }) => twin.market({ cardId, cityId: almaty }));
  const rivals = markets.map((all) => all.filter((one) => one.merchantId !== "30518274"));
  expect(rivals.some((all) => all.length === 0)).toBe(true);
  expect(Math.max(...rivals.map((all) => all.length))).toBeGreaterThan(35);
  expect(Math.max(...rivals.map((all) => all.length))).toBeLessThanOrEqual(60);
  const all = rivals.flat();
  expect(all.some(({ preorder }) => preorder > 0)).toBe(true);
  expect(all.some(({ rating }) => rating === undefined)).toBe(true);
  expect(all.some(({ rating }) => rating === null)).toBe(true);
  expect(all.some(({ rating }) => rating === 0)).toBe(true);
  expect(all.some(({ merchantId }) => merchantId === "Sulpak")).toBe(true);
  expect(new Set(all.map(({ delivery }) => delivery)).size).toBe(6);
});

test("the list depends on the city; an unknown city is answered as Almaty", async () => {
  const { read, crowd } = await reader();
  const sellers = async (cardId: string, cityId: string) =>
    (await read(cardId, { cityId, limit: 64 })).offers.map(({ merchantId }) => merchantId);
  const card = crowd(10);
  expect(await sellers(card, astana)).not.toEqual(await sellers(card, almaty));
  expect(await sellers(card, "770000000")).toEqual(await sellers(card, almaty));
});

test("GET is Kaspi's 405, more than 64 rows is 400", async () => {
  const { visitor, cards } = await reader();
  const url = `${visitor.twin.urls.storefront}/yml/offer-view/offers/${cards[0]}`;
  const got = await visitor.ask(url);
  expect(got.status).toBe(405);
  const recorded = sample("offer-view-offers_error_405.json");
  expect(differences(recorded, await got.json())).toEqual([]);
  const statuses = [64, 65, 100].map(
    async (limit) => (await visitor.offers(cards[0] ?? "", { cityId: almaty, limit })).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 400, 400]);
});

test.each(["102298404_940231519", "999999999", "100000000", "no-number"])(
  "%s is no card: 200 and nothing in it",
  async (cardId) => {
    const { read } = await reader();
    expect(await read(cardId)).toEqual(sample("offer-view-offers_unknown-product.response.json"));
  },
);

test.each([
  "offer-view-offers_full-body.request.json",
  "offer-view-offers_legacy-body.request.json",
  "offer-view-offers_min-body.request.json",
  "offer-view-offers_delivery-filter.request.json",
])("the body of %s is accepted", async (file) => {
  const { visitor, cards } = await reader();
  const answer = await visitor.offers(cards[0] ?? "", sample(file));
  expect(answer.status).toBe(200);
});

test("paging, a seller and fast delivery narrow the list", async () => {
  const { read, crowd } = await reader();
  const card = crowd(12);
  const all = await read(card);
  const second = await read(card, { cityId: almaty, limit: 5, page: 1 });
  expect(second.offers).toEqual(all.offers.slice(5, 10));
  expect(second.total).toBe(all.total);
  const ours = await read(card, { cityId: almaty, limit: 64, merchantUID: ["30518274"] });
  expect(ours.offers.map(({ merchantId }) => merchantId)).toEqual(["30518274"]);
  const fast = await read(card, { cityId: almaty, limit: 64, deliveryFilter: "TOMORROW" });
  const durations = new Set(fast.offers.map(({ deliveryDuration }) => deliveryDuration));
  expect([...durations].every((one) => ["EXPRESS", "TODAY", "TOMORROW"].includes(one))).toBe(true);
});

test("a program that names itself is throttled, a form is not understood", async () => {
  const { visitor, cards } = await reader();
  const ask = async (headers: Record<string, string>) =>
    (await visitor.offers(cards[0] ?? "", { cityId: almaty }, headers)).status;
  expect(await ask({ "user-agent": "duken/0.1" })).toBe(429);
  expect(await ask({ "content-type": "application/x-www-form-urlencoded" })).toBe(415);
});

test("an own offer stands there at its price of the city, while it is on sale", async () => {
  const { twin, read } = await reader();
  const offers = twin.offers({ merchantUid: "30518274", onSale: true });
  const offer = offers.find(({ prices }) => prices[almaty] !== prices[astana]);
  if (!offer) throw new Error("no offer with two prices");
  const { cardId, merchantUid, sku } = offer;
  const own = async (cityId: string) =>
    (await read(cardId, { cityId, limit: 64 })).offers.find(
      ({ merchantId }) => merchantId === merchantUid,
    )?.price;
  expect(await own(almaty)).toBe(offer.prices[almaty]);
  expect(await own(astana)).toBe(offer.prices[astana]);
  twin.removeOffer({ merchantUid, sku });
  expect(await own(almaty)).toBeUndefined();
  twin.restoreOffer({ merchantUid, sku });
  expect(await own(almaty)).toBe(offer.prices[almaty]);
});

test("two shops of one login meet on their shared cards", async () => {
  const { twin } = await reader();
  const cards = twin.offers({ merchantUid: "30771205" }).map(({ cardId }) => cardId);
  const shared = twin.offers({ merchantUid: "30771311" }).filter((o) => cards.includes(o.cardId));
  expect(shared).toHaveLength(15);
  const sellers = shared.map(({ cardId }) =>
    twin.market({ cardId, cityId: almaty }).map(({ merchantId }) => merchantId),
  );
  expect(sellers.some((all) => all.includes("30771205") && all.includes("30771311"))).toBe(true);
});

test("the lowest price of a card is a float for the cabinet", async () => {
  const { twin, cards } = await reader();
  const visitor = await visitorInside(twin, "demo");
  const answer = await visitor.cabinet(`/offers/api/v1/price/lowest?s=${cards[0]}`);
  const lowest = twin.market({ cardId: cards[0] ?? "", cityId: almaty })[0]?.price;
  expect(await answer.text()).toBe(`{"price":${lowest}.0}`);
});

test("a card has a page for people: its sellers in a city, own ones among them", async () => {
  const { twin, visitor, cards } = await reader();
  const page = await visitor.ask(
    `${twin.urls.storefront}/shop/p/any-slug-${cards[0]}/?c=${astana}`,
  );
  const text = await page.text();
  expect(text).toContain("Астана");
  for (const { merchantName } of twin.market({ cardId: cards[0] ?? "", cityId: astana })) {
    expect(text).toContain(merchantName);
  }
  const missing = await visitor.ask(`${twin.urls.storefront}/shop/p/-999999999/`);
  expect(missing.status).toBe(404);
});
