import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import { workspace } from "@/lib/db/schema/workspace";
import { analyseCard } from "@/lib/reviews/analyse-card";
import { exportReviews } from "@/lib/reviews/export-reviews";
import { placedReviews, type ReviewPlace, reviewedCards } from "@/lib/reviews/list-queries";
import { reviewsQuery } from "@/lib/reviews/model";
import { ownReviews, reviewsPage } from "@/lib/reviews/read-list";
import { noteSummary, sourceOf } from "@/lib/reviews/source-queries";
import { testOffice } from "../support/office";
import { cardsOf, takeCards, walkCard, walkShop } from "../support/reviews";
import { connectedStore, syncNow } from "../support/stores";

// A quarter past midnight in Almaty: of the day before in UTC.
const office = await testOffice({ startAt: new Date("2026-11-19T19:15:00Z") });
const { access, owner, twin } = office;
const { db, clock } = access;
const { storeId, merchantId } = await connectedStore(office);
await syncNow(office, storeId);
const [kettle = "", sofa = ""] = await cardsOf(office, storeId, 2);
const card = takeCards(office);

twin.silenceReviews();
const about = { cardId: kettle, merchantUid: merchantId };
const written = {
  today: twin.addReview({ ...about, rating: 5, text: "100% доволен" }),
  silent: twin.addReview({ ...about, rating: 4, daysAgo: 1 }),
  low: twin.addReview({ ...about, rating: 1, daysAgo: 29, minus: "Сломан", pictures: 2 }),
  old: twin.addReview({ ...about, cardId: sofa, rating: 2, daysAgo: 30, author: "Дана" }),
  unrated: twin.addReview({ ...about, rating: null, daysAgo: 200, plus: "Цена" }),
  odd: twin.addReview({ ...about, rating: 3, oddDate: "давно", text: "Ладно" }),
};
type Name = keyof typeof written;
const nameOf = new Map(Object.entries(written).map(([name, { id }]) => [id, name as Name]));
await walkShop(office, storeId, merchantId);

const listed = async (asked: Record<string, string>) => {
  const { rows, total } = await ownReviews(db, owner, reviewsQuery.parse(asked), clock());
  expect(rows).toHaveLength(total);
  return rows.map(({ key }) => nameOf.get(key.split(":")[1] ?? ""));
};

describe("the list of a shop's reviews", () => {
  test.each<[string, Record<string, string>, Name[]]>([
    [
      "the newest first, those without a day last",
      {},
      [...(["today", "silent", "low", "old", "unrated", "odd"] as const)],
    ],
    ["of a store", { store: storeId }, ["today", "silent", "low", "old", "unrated", "odd"]],
    ["of a store that is not there", { store: "00000000-0000-4000-8000-000000000000" }, []],
    ["of a card", { card: sofa }, ["old"]],
    ["of so many stars", { stars: "4" }, ["silent"]],
    ["of one and two stars", { stars: "low" }, ["low", "old"]],
    ["of no stars", { stars: "none" }, ["unrated"]],
    ["of the last thirty days, today counted", { days: "30" }, ["today", "silent", "low"]],
    ["of the last year", { days: "365" }, ["today", "silent", "low", "old", "unrated"]],
    ["with words", { with: "text" }, ["today", "low", "unrated", "odd"]],
    ["with pictures", { with: "pictures" }, ["low"]],
    ["with these words, wherever they stand", { q: "сломан" }, ["low"]],
    ["with a sign that means something to SQL", { q: "100%" }, ["today"]],
    ["by whom it was written", { q: "дана" }, ["old"]],
    ["one of them", { review: written.low.id }, ["low"]],
    [
      "what is odd in the address does not count",
      { stars: "9", days: "7", with: "x" },
      [...(["today", "silent", "low", "old", "unrated", "odd"] as const)],
    ],
  ])("%s", async (_, asked, names) => {
    expect(await listed(asked)).toEqual(names);
  });

  test("is a file, too, with the same in it", async () => {
    const choice = { q: "", stars: "low" as const };
    const wanted = { cardId: null, choice, format: "csv", locale: "ru", now: clock() } as const;
    const text = await new Response(await exportReviews(db, owner, wanted)).text();
    const [head, ...lines] = text.trim().split(/\r?\n/);
    expect(head).toContain('"Дата";"Магазин";"Карточка";"Товар";"Продавец";"Звёзды"');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("Сломан");
    expect(lines[1]).toContain("Дана");
  });
});

test("parts of a list that grows meanwhile repeat nothing and leave nothing out", async () => {
  const { cardId, sourceId } = await manyReviews();
  const chosen = { of: { cardSourceId: sourceId }, choice: { q: "" }, since: null };
  const met: string[] = [];
  let after: ReviewPlace | null = null;
  for (let part = 0; part < 6; part += 1) {
    const rows = await placedReviews(db, chosen, { limit: 500, after });
    met.push(...rows.map(({ review }) => review.text ?? ""));
    after = rows.at(-1)?.place ?? null;
    // Another is written above all that was met.
    await db.insert(reviews).values(manyRow(sourceId, 9_000 + part, "2026-11-19"));
  }
  expect(after).toBeNull();
  expect(met).toHaveLength(2_500);
  expect(new Set(met).size).toBe(2_500);
  expect(met.slice(-25).every((text) => /00$|-0$/.test(text))).toBe(true);
  const wanted = { cardId, choice: { q: "" }, format: "csv", locale: "ru", now: clock() } as const;
  const text = await new Response(await exportReviews(db, owner, wanted)).text();
  expect(new Set(text.match(/отзыв-\d+/g)).size).toBe(2_506);
});

function manyRow(sourceId: string, nth: number, reviewedOn: string | null) {
  const id = nth.toString(16).padStart(32, "0");
  const walked = { firstSeenAt: clock(), walk: 1, lastWalk: 1, lastPage: 0 };
  return { sourceId, id, reviewedOn, text: `отзыв-${nth}`, ...walked };
}

/** Many of a day, and some of none. */
async function manyReviews() {
  const cardId = card();
  const { id: sourceId } = await sourceOf(db, "card", cardId);
  const rows = Array.from({ length: 2_500 }, (_, nth) =>
    manyRow(sourceId, nth, nth % 100 === 0 ? null : `2026-11-1${nth % 3}`),
  );
  await db.insert(reviews).values(rows);
  return { cardId, sourceId };
}

test("a card's reviews are of no store: the choice of one narrows nothing there", async () => {
  const cardId = card();
  twin.silenceReviews({ cardId });
  twin.addReviews({ cardId, count: 3 });
  await walkCard(office, cardId);
  const { id } = await sourceOf(db, "card", cardId);
  const query = reviewsQuery.parse({ store: storeId, card: kettle });
  expect((await reviewsPage(db, { cardSourceId: id }, query, clock())).total).toBe(3);
  const wanted = { cardId, choice: query, format: "csv", locale: "ru", now: clock() } as const;
  const text = await new Response(await exportReviews(db, owner, wanted)).text();
  expect(text.trim().split("\n")).toHaveLength(4);
});

test("the goods to choose from come with their newest name, the most reviewed first", async () => {
  const cards = await reviewedCards(db, owner, storeId, 10);
  expect(cards.map(({ cardId }) => cardId)).toEqual([kettle, sofa]);
  expect(cards[0]).toMatchObject({ count: 5, name: expect.stringMatching(/\S/) });
});

describe("a card's analysis", () => {
  test("is of Kaspi's days, whatever the zone of the workspace", async () => {
    const cardId = card();
    // Written the moment before the thirtieth midnight back, and just after it.
    twin.addReview({ cardId, daysAgo: 29 });
    twin.addReview({ cardId, daysAgo: 30 });
    await walkCard(office, cardId);
    const now = clock();
    const thirty = async (at = now) =>
      (await analyseCard(db, owner, cardId, at))?.periods[0]?.reviews;
    expect(await thirty()).toBe(1);
    // There the day of now is still the one before.
    await db.update(workspace).set({ timeZone: "America/Adak" });
    expect(await thirty()).toBe(1);
    expect(await thirty(later(now, DAY))).toBe(0);
    await db.update(workspace).set({ timeZone: "Asia/Almaty" });
  });

  test("of a list that was read weeks ago does not say that nobody has written since", async () => {
    const cardId = card();
    twin.addReviews({ cardId, count: 60, days: 60 });
    await walkCard(office, cardId);
    const at = later(clock(), 25 * DAY);
    const complete = async (now: Date) =>
      (await analyseCard(db, owner, cardId, now))?.periods.map(({ isComplete }) => isComplete);
    expect(await complete(clock())).toEqual([true, true, true, true]);
    expect(await complete(at)).toEqual([false, false, false, false]);
    expect((await analyseCard(db, owner, cardId, at))?.months.at(-1)).toMatchObject({
      ...{ reviews: null, isComplete: false },
    });
  });

  test("keeps Kaspi's stars where they cannot be read later, and counts its own where never", async () => {
    const cardId = card();
    twin.silenceReviews({ cardId });
    twin.addReviews({ cardId, count: 3, rating: 4 });
    await walkCard(office, cardId);
    const { id } = await sourceOf(db, "card", cardId);
    await noteSummary(db, id, { name: null, summary: { rating: null, stars: null, total: 9 } });
    const kept = async () => analyseCard(db, owner, cardId, clock());
    expect(await kept()).toMatchObject({ stars: [0, 0, 0, 3, 0], rating: 4, total: 9 });
    await db
      .update(reviewSources)
      .set({ stars: [0, 0, 0, 0, 0], rating: null })
      .where(eq(reviewSources.id, id));
    expect(await kept()).toMatchObject({ stars: [0, 0, 0, 3, 0], rating: 4 });
  });

  test("says what Kaspi says of all, and what was read of each seller", async () => {
    const cardId = card();
    twin.addReviews({ cardId, count: 30, days: 30, merchantUid: "Sulpak", rating: 5 });
    twin.addReviews({ cardId, count: 10, daysAgo: 40, merchantUid: merchantId, rating: 1 });
    twin.addReviews({ cardId, count: 10, daysAgo: 50 });
    await walkCard(office, cardId);
    await db.update(workspace).set({ salesPerReview: 10 });
    const found = await analyseCard(db, owner, cardId, clock());
    expect(found).toMatchObject({
      ...{ cardId, total: 50, read: 50, rating: 4.2, stars: [10, 0, 0, 0, 40], oddDays: 0 },
      ...{ salesPerReview: 10 },
    });
    expect(found?.name).toMatch(/\S/);
    expect(found?.periods.map(({ sales }) => sales)).toEqual([300, 500, 500, 500]);
    expect(found?.sellers).toEqual([
      { sellerId: "Sulpak", name: "Sulpak", reviews: 30, share: 60, lately: 30, isOwn: false },
      expect.objectContaining({ sellerId: merchantId, reviews: 10, lately: 0, isOwn: true }),
      { sellerId: null, name: null, reviews: 10, share: 20, lately: 0, isOwn: false },
    ]);
    await db.update(workspace).set({ salesPerReview: 8 });
  });
});
