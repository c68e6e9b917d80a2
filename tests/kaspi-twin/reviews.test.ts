import { expect, test } from "vitest";
import { DAY } from "@/lib/core/time";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { differences, sample } from "./same-shape";
import { twinForTest, Visitor } from "./visitor";

type Review = {
  id: string;
  date: string;
  merchant: { code: string } | null;
  product: { id: string };
};
type Answer = { data: Review[]; groupSummary: { id: string; total: number }[] };

const demo = "30518274";
const path = "/yml/review-view/api/v1/reviews";

async function reader() {
  const twin = await twinForTest({ limits: { offersPerSecond: 1_000 } });
  const visitor = new Visitor(twin);
  const read = async (place: string, query = "") => {
    const asked = `${path}/${place}?sort=DATE&limit=1000&withAgg=true${query}`;
    return (await (await visitor.ask(`${twin.urls.storefront}${asked}`)).json()) as Answer;
  };
  return { twin, visitor, read };
}

const cardsOf = (twin: Twin) =>
  twin.offers({ merchantUid: demo, limit: 20 }).map(({ cardId }) => cardId);
const dayOf = ({ date }: Review) => date.split(".").reverse().join("-");

test("an answer has the recorded shape", async () => {
  const { twin, read } = await reader();
  const recorded = sample("review-view_product_106185651_2025-06.response.json") as Answer;
  for (const cardId of cardsOf(twin).slice(0, 8)) {
    const { data, ...answer } = await read(`product/${cardId}`);
    expect(differences({ ...recorded, data: [] }, { ...answer, data })).toEqual([]);
    for (const review of data) expect(differences(recorded.data[0], review)).toEqual([]);
  }
});

test("the newest come first, and pages take the list apart", async () => {
  const { twin, read } = await reader();
  const all = await Promise.all(cardsOf(twin).map((id) => read(`product/${id}`)));
  const [most] = all.sort((a, b) => b.data.length - a.data.length);
  const cardId = most?.data[0]?.product.id ?? "";
  const days = most?.data.map(dayOf) ?? [];
  expect(days.length).toBeGreaterThan(10);
  expect(days).toEqual([...days].sort().reverse());
  const pages = [];
  for (let page = 0; page < 4; page += 1)
    pages.push(...(await read(`product/${cardId}`, `&limit=5&page=${page}`)).data);
  const ids = pages.map(({ id }) => id);
  expect(ids.length).toBe(20);
  expect(ids).toEqual(most?.data.slice(0, 20).map(({ id }) => id));
  expect((await read(`product/${cardId}`, "&page=9")).data).toEqual([]);
});

test("a shop's reviews are those of its cards that are about it, of the days asked for", async () => {
  const { twin, read } = await reader();
  const shop = await read(`merchant/${demo}`, "&days=365");
  expect(shop.data.length).toBeGreaterThan(100);
  expect(new Set(shop.data.map(({ merchant }) => merchant?.code))).toEqual(new Set([demo]));
  const [first] = shop.data;
  const card = await read(`product/${first?.product.id}`);
  expect(card.data.map(({ id }) => id)).toContain(first?.id);
  const month = await read(`merchant/${demo}`, "&days=30");
  const since = new Date(twin.now().now - 31 * DAY).toISOString().slice(0, 10);
  expect(month.data.length).toBeLessThan(shop.data.length);
  expect(month.data.every((one) => dayOf(one) >= since)).toBe(true);
});

test("what is added is there, alone where the others are silent, and new ones come with time", async () => {
  const { twin, read } = await reader();
  const [cardId = ""] = cardsOf(twin);
  const { id } = twin.addReview({ cardId, merchantUid: demo, rating: 1, text: "Сломан" });
  expect((await read(`product/${cardId}`)).data[0]?.id).toBe(id);
  expect((await read(`merchant/${demo}`)).data[0]?.id).toBe(id);
  twin.silenceReviews({ cardId });
  expect((await read(`product/${cardId}`)).data.map((one) => one.id)).toEqual([id]);
  const before = (await read(`merchant/${demo}`, "&days=365")).groupSummary[0]?.total ?? 0;
  twin.advance({ ms: 40 * DAY });
  const after = await read(`merchant/${demo}`, "&days=365");
  const newest = after.data.filter((one) => dayOf(one) > "2026-11-21");
  expect(before).toBeGreaterThan(0);
  expect(newest.length).toBeGreaterThan(0);
});

test("an unknown card has none; who is no browser is sent away; a page over a thousand is refused", async () => {
  const { twin, visitor, read } = await reader();
  expect(await read("product/199999999")).toMatchObject({ data: [] });
  const url = `${twin.urls.storefront}${path}/product/${cardsOf(twin)[0]}`;
  expect((await visitor.ask(url, { headers: { "user-agent": "curl/8" } })).status).toBe(429);
  expect((await visitor.ask(`${url}?limit=1001`)).status).toBe(400);
  expect((await visitor.ask(url, { method: "POST" })).status).toBe(405);
});
