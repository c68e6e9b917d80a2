import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import { workspace } from "@/lib/db/schema/workspace";
import { sourceOf } from "@/lib/reviews/source-queries";
import { beginWalk, walkPages } from "@/lib/reviews/walk-source";
import { testOffice } from "../support/office";
import { keptReviews, takeCards, walkCard } from "../support/reviews";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const card = takeCards(office);

/** A card with so many reviews, one a day back from today. */
function cardWith(count: number) {
  const cardId = card();
  twin.silenceReviews({ cardId });
  if (count > 0) twin.addReviews({ cardId, count, days: count, merchantUid: "Sulpak" });
  return cardId;
}

const sourceIn = async (code: string) =>
  (await db.select().from(reviewSources).where(eq(reviewSources.code, code)))[0];

const asked = (cardId: string) => twin.asked({ text: cardId }).length;

beforeEach(async () => {
  twin.clearFaults();
  await db.update(workspace).set({ reviewsRead: 10_000 });
});

describe("the first reading of a card", () => {
  test("meets every review there is, over all its pages, once", async () => {
    const cardId = cardWith(450);
    const walk = await walkCard(office, cardId);
    expect(walk).toMatchObject({ met: 450, fresh: 450, end: "total", whole: true });
    expect((await keptReviews(office, "card", cardId)).size).toBe(450);
    expect(await sourceIn(cardId)).toMatchObject({
      total: 450,
      rating: 5,
      stars: [0, 0, 0, 0, 450],
      isWhole: true,
      settledWalk: 1,
    });
  });

  test("keeps what a review says", async () => {
    const cardId = cardWith(0);
    const { id } = twin.addReview({
      ...{ cardId, merchantUid: "17203946", rating: 2, author: "Дана", daysAgo: 3 },
      ...{ text: "Не тот цвет", plus: "Цена", minus: "Запах", pictures: 2 },
    });
    await walkCard(office, cardId);
    const kept = (await keptReviews(office, "card", cardId)).get(id);
    expect(kept).toMatchObject({
      ...{ cardId, merchantId: "17203946", merchantName: "Лавка у дома", author: "Дана" },
      ...{ rating: 2, text: "Не тот цвет", plus: "Цена", minus: "Запах", oddDay: null },
    });
    expect(kept?.pictures).toHaveLength(2);
    expect(kept?.reviewedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test("of a card nobody has written about ends at once", async () => {
    const cardId = cardWith(0);
    expect(await walkCard(office, cardId)).toMatchObject({ met: 0, end: "empty", whole: true });
    expect(asked(cardId)).toBe(1);
  });

  test("stops at the bound, and says that it is not all", async () => {
    await db.update(workspace).set({ reviewsRead: 400 });
    const cardId = cardWith(900);
    expect(await walkCard(office, cardId)).toMatchObject({ met: 400, end: "bound", whole: false });
  });

  test("stops at the bound of pages that never end", async () => {
    await db.update(workspace).set({ reviewsRead: 1_000 });
    const cardId = cardWith(3);
    twin.setFault({ name: "reviews_wrong_total", by: 1_000_000 });
    twin.setFault({ name: "reviews_endless" });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 1_000, end: "bound" });
    expect(asked(cardId)).toBe(5);
  });

  test("stops at a page that only repeats", async () => {
    const cardId = cardWith(500);
    twin.setFault({ name: "reviews_repeat_page" });
    expect(await walkCard(office, cardId)).toMatchObject({
      met: 200,
      end: "repeats",
      whole: false,
    });
    expect(asked(cardId)).toBe(2);
  });

  test("goes on to the empty page where the total is too high", async () => {
    const cardId = cardWith(250);
    twin.setFault({ name: "reviews_wrong_total", by: 40 });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 250, end: "empty", whole: true });
  });

  test("keeps a review whose day is none, as it was written, and counts it", async () => {
    const cardId = cardWith(0);
    const { id } = twin.addReview({ cardId, oddDate: "вчера" });
    twin.addReview({ cardId });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 2, oddDays: 1 });
    const kept = (await keptReviews(office, "card", cardId)).get(id);
    expect(kept).toMatchObject({ reviewedOn: null, oddDay: "вчера" });
  });

  test("is not stopped by a row that is nonsense", async () => {
    const cardId = cardWith(5);
    twin.setFault({ name: "reviews_bad_row" });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 4, unreadable: 1 });
  });
});

describe("a later reading", () => {
  test("reads the new ones only, up to a page all of which is known", async () => {
    const cardId = cardWith(700);
    await walkCard(office, cardId);
    twin.addReviews({ cardId, count: 250 });
    twin.forgetRequests();
    expect(await walkCard(office, cardId)).toMatchObject({
      ...{ fresh: 250, end: "known", whole: true },
    });
    expect(asked(cardId)).toBe(3);
    expect((await keptReviews(office, "card", cardId)).size).toBe(950);
  });

  test("asks for one page when nothing is new", async () => {
    const cardId = cardWith(30);
    await walkCard(office, cardId);
    twin.forgetRequests();
    expect(await walkCard(office, cardId)).toMatchObject({ fresh: 0, end: "known" });
    expect(asked(cardId)).toBe(1);
  });

  test("does not take what a walk that has died has met for all there is", async () => {
    const cardId = cardWith(700);
    await walkCard(office, cardId);
    twin.addReviews({ cardId, count: 500 });
    const { id } = await sourceOf(db, "card", cardId);
    const order = { sourceId: id, storeId: null, runId: null };
    const began = await beginWalk(access, order);
    // Two pages are kept, and the process dies on the third.
    twin.setFault({ name: "server_error", at: ["card_reviews"], after: 2 });
    await expect(walkPages(access, order, began)).rejects.toMatchObject({ kind: "unavailable" });
    twin.clearFaults();
    twin.advance({ ms: 3_600_000 });
    await walkCard(office, cardId);
    expect((await keptReviews(office, "card", cardId)).size).toBe(1_200);
  });

  test("takes over what its buyer has changed", async () => {
    const cardId = cardWith(0);
    const { id } = twin.addReview({ cardId, oddDate: "вчера", text: "Рано судить" });
    await walkCard(office, cardId);
    await db.update(reviews).set({ text: "Прежний", rating: 1 }).where(eq(reviews.id, id));
    await walkCard(office, cardId);
    const kept = (await keptReviews(office, "card", cardId)).get(id);
    expect(kept).toMatchObject({ text: "Рано судить", rating: 5 });
  });
});

test("pages that are read twice, as after a crash, count once and end nothing", async () => {
  const cardId = cardWith(1_300);
  const { id } = await sourceOf(db, "card", cardId);
  const order = { sourceId: id, storeId: null, runId: null };
  const began = await beginWalk(access, order);
  await walkPages(access, order, began);
  const again = await walkPages(access, order, began);
  expect(again).toMatchObject({ page: 5, met: 1_000, end: null });
  expect(await walkPages(access, order, again)).toMatchObject({ met: 1_300, end: "total" });
  expect((await keptReviews(office, "card", cardId)).size).toBe(1_300);
});

test("while Kaspi cannot be read nothing is lost, and the list says why", async () => {
  const cardId = cardWith(10);
  await walkCard(office, cardId);
  twin.addReview({ cardId });
  twin.setFault({ name: "storefront_html", at: ["card_reviews"] });
  await expect(walkCard(office, cardId)).rejects.toMatchObject({
    ...{ kind: "unavailable", key: "reviews_unread" },
  });
  expect((await keptReviews(office, "card", cardId)).size).toBe(10);
  expect(await sourceIn(cardId)).toMatchObject({ errorKey: "reviews_unread", isWhole: true });
  twin.clearFaults();
  twin.advance({ ms: 3_600_000 });
  await walkCard(office, cardId);
  expect(await sourceIn(cardId)).toMatchObject({ errorKey: null, total: 11 });
});
