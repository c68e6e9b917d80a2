import { expect, test } from "vitest";
import { REVIEWS_PER_PAGE, type ReviewsOf, readReviewPage } from "@/lib/kaspi/reviews";
import { failure } from "./failures";
import { fixture } from "./fixtures";
import { type Answer, storefrontAnswering } from "./stub-server";

const card = { kind: "card" as const, code: "106185651" };

async function readFrom(reply: Answer, of: ReviewsOf = card, page = 2) {
  const { storefront, seen } = await storefrontAnswering(reply);
  const asked = { of, page, perPage: REVIEWS_PER_PAGE };
  return { read: await readReviewPage(storefront, asked), seen, storefront };
}

const rows = (...data: unknown[]): Answer => ({ body: JSON.stringify({ data }) });
function pictured(odd: string) {
  const at = `https://resources.cdn-kaspi.kz/${odd}.jpg`;
  return { galleryImages: [{ small: at, large: at }] };
}
const id = (nth: number) => nth.toString(16).padStart(32, "0");
const row = (nth: number, more = {}) => ({
  ...{ id: id(nth), author: "Имя", date: "09.12.2022", rating: 5 },
  ...{ comment: { text: "Да", plus: "", minus: "" }, galleryImages: [], merchant: null },
  ...more,
});

test("the recorded answer is read: review, mean, stars and how many there are", async () => {
  const body = fixture("review-view_product_106185651_2025-06.response.json");
  const { read, storefront } = await readFrom({ body });
  const { images } = storefront.transport.hosts;
  const path = "/img/p/r/229060185-106185651/5007d23e-62ca-4dc8-9cde-14cbec295e60.jpg";
  expect(read).toEqual({
    reviews: [
      {
        id: "8a5cd50184e53cc00184f70f17ad1fa9",
        author: "Имя",
        day: "2022-12-09",
        oddDay: null,
        rating: 5,
        text: "Классный чехол.",
        plus: null,
        minus: null,
        pictures: [
          {
            small: `${images}${path}?format=review_small`,
            large: `${images}${path}?format=review_large`,
          },
        ],
        card: { id: "106185651", name: "Чехол для Apple iPhone 13 прозрачный" },
        seller: null,
      },
    ],
    summary: { rating: 4.9, stars: [59, 19, 54, 396, 12_632], total: 13_160 },
    unreadable: 0,
  });
});

test("a card's reviews are asked for newest first, with and without words", async () => {
  const { seen } = await readFrom(rows());
  const url = new URL(seen[0]?.url ?? "", "http://inside");
  expect(seen[0]?.method).toBe("GET");
  expect(url.pathname).toBe("/yml/review-view/api/v1/reviews/product/106185651");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    ...{ filter: "ALL", sort: "DATE", page: "2", limit: "200", withAgg: "true" },
  });
  expect(seen[0]?.headers.referer).toBe("https://kaspi.kz/shop/p/-106185651/");
});

test("a shop's are asked for of a year, by its number or its old name", async () => {
  const { seen } = await readFrom(rows(), { kind: "shop", code: "Sul pak" });
  const url = new URL(seen[0]?.url ?? "", "http://inside");
  expect(url.pathname).toBe("/yml/review-view/api/v1/reviews/merchant/Sul%20pak");
  expect(url.searchParams.get("days")).toBe("365");
});

test.each([
  ["31.02.2026", null, "31.02.2026"],
  ["29.02.2024", "2024-02-29", null],
  ["вчера", null, "вчера"],
  ["2026-11-20", null, "2026-11-20"],
  ["1.2.2026", null, "1.2.2026"],
  ["", null, null],
  [null, null, null],
  [1_763_600_000_000, null, "1763600000000"],
  [{ day: 1 }, null, null],
])("the day %j is %j, and what stood there %j", async (date, day, oddDay) => {
  const { read } = await readFrom(rows(row(1, { date })));
  expect(read.reviews).toEqual([expect.objectContaining({ day, oddDay })]);
});

test("what is odd in a review leaves the rest of it readable", async () => {
  const odd = row(1, {
    ...{ rating: 9, author: 7, comment: { text: " \0 ", plus: null }, product: "товар" },
    ...{ merchant: { code: 30067228, name: null }, galleryImages: ["x", null, {}] },
  });
  const { read } = await readFrom(rows(odd));
  expect(read.reviews[0]).toMatchObject({
    ...{ rating: null, author: null, text: null, plus: null, card: null, pictures: [] },
    seller: { id: "30067228", name: "30067228" },
  });
});

test("pictures of anybody but Kaspi are left out", async () => {
  const small = "https://resources.cdn-kaspi.kz/a.jpg";
  const foreign = { small, large: "https://resources.cdn-kaspi.kz.example.com/a.jpg" };
  const { read } = await readFrom(rows(row(1, { galleryImages: [foreign] })));
  expect(read.reviews[0]?.pictures).toEqual([]);
});

test("rows without an id are counted; a first page of no others is none", async () => {
  const { read } = await readFrom(rows(row(1), "нет отзыва", { id: "" }));
  expect([read.reviews.length, read.unreadable]).toEqual([1, 2]);
  const odd = rows("нет отзыва");
  expect(await failure(readFrom(odd, card, 0))).toMatchObject({ kind: "kaspi_malformed" });
  // The last page may hold but one row: the pages before it are not lost for it.
  expect((await readFrom(odd)).read).toMatchObject({ reviews: [], unreadable: 1 });
});

test.each([
  ["a cut emoji", { author: `${"а".repeat(199)}😀` }, { author: "а".repeat(199) }],
  ["half an emoji of a picture", pictured("\ud83d"), { pictures: [] }],
  ["a NUL of a picture", pictured("\0"), { pictures: [] }],
  ["the address of a picture without an end", pictured("a".repeat(1_000)), { pictures: [] }],
])("%s is kept from the database, which refuses it", async (_, more, expected) => {
  expect((await readFrom(rows(row(1, more)))).read.reviews[0]).toMatchObject(expected);
});

test("without a summary nothing is said of the whole", async () => {
  expect((await readFrom(rows(row(1)))).read.summary).toBeNull();
  const odd = { data: [], summary: { global: "много" }, groupSummary: "нет" };
  expect((await readFrom({ body: JSON.stringify(odd) })).read.summary).toBeNull();
});

const five = (count: unknown) => [
  ...[5, 4, 3, 2].map((rate) => ({ rate, count: 1 })),
  { rate: 1, count },
];
const all = [{ id: "ALL", total: 13_160 }];
test.each<[string, object, object | null]>([
  [
    "numbers as text",
    {
      summary: { global: "4.9", statistic: five("6") },
      groupSummary: [{ id: "ALL", total: "10" }],
    },
    { rating: 4.9, stars: [6, 1, 1, 1, 1], total: 10 },
  ],
  [
    "a row of no stars",
    { summary: { global: 3, statistic: [...five(1), { rate: 0, count: 9 }] }, groupSummary: all },
    { rating: 3, stars: [1, 1, 1, 1, 1], total: 13_160 },
  ],
  [
    "a star that nobody can count",
    { summary: { global: 4.9, statistic: five("много") }, groupSummary: all },
    { rating: 4.9, stars: null, total: 13_160 },
  ],
  ["a count alone", { groupSummary: all }, { rating: null, stars: null, total: 13_160 }],
  [
    "no stars where there are many reviews",
    { summary: { global: 0, statistic: [] }, groupSummary: all },
    { rating: null, stars: null, total: 13_160 },
  ],
  ["nothing of anything", { summary: { global: 0, statistic: [] } }, null],
  [
    "none beside some",
    { summary: { global: 5, statistic: five(1) }, groupSummary: [{ id: "ALL", total: 0 }] },
    { total: null },
  ],
  [
    "no mean",
    { summary: { statistic: five(0) }, groupSummary: all },
    { rating: 3.5, stars: [0, 1, 1, 1, 1], total: 13_160 },
  ],
])("of the whole %s is said", async (_, said, expected) => {
  const { read } = await readFrom({ body: JSON.stringify({ data: [row(1)], ...said }) });
  if (expected) expect(read.summary).toMatchObject(expected);
  else expect(read.summary).toBeNull();
});

test("that there are none is said where there are none", async () => {
  const none = { summary: { global: 0, statistic: [] }, groupSummary: [{ id: "ALL", total: 0 }] };
  const { read } = await readFrom({ body: JSON.stringify({ data: [], ...none }) });
  expect(read.summary).toEqual({ rating: null, stars: [0, 0, 0, 0, 0], total: 0 });
});

test.each<[string, Answer, object]>([
  ["403", { status: 403 }, { kind: "kaspi_address_refused", retryAfterMs: 15_000 }],
  [
    "a page",
    { headers: { "content-type": "text/html" }, body: "<html>" },
    { kind: "kaspi_address_refused" },
  ],
  [
    "429",
    { status: 429, headers: { "retry-after": "7" } },
    { kind: "kaspi_throttled", retryAfterMs: 7_000 },
  ],
  ["500", { status: 500 }, { kind: "kaspi_unreachable" }],
  ["no list", { body: '{"data":{}}' }, { kind: "kaspi_malformed" }],
  ["no JSON", { body: '{"data":[' }, { kind: "kaspi_malformed" }],
])("%s is a failure, never an empty list", async (_, reply, expected) => {
  expect(await failure(readFrom(reply))).toMatchObject(expected);
});
