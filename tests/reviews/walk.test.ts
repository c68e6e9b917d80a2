import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY, HOUR } from "@/lib/core/time";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import { workspace } from "@/lib/db/schema/workspace";
import { analyseCard } from "@/lib/reviews/analyse-card";
import { beginWalk } from "@/lib/reviews/begin-walk";
import { abandonWalk, finishWalk } from "@/lib/reviews/finish-walk";
import { sourceOf } from "@/lib/reviews/source-queries";
import { walkPages } from "@/lib/reviews/walk-source";
import { testOffice } from "../support/office";
import { begun, keptReviews, orderOf, takeCards, walkCard } from "../support/reviews";

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

  test("goes on to the empty page where the total is too high, and is whole within a few", async () => {
    const [close, far] = [cardWith(250), cardWith(250)];
    twin.setFault({ name: "reviews_wrong_total", by: 5 });
    expect(await walkCard(office, close)).toMatchObject({ met: 250, end: "empty", whole: true });
    twin.setFault({ name: "reviews_wrong_total", by: 10 });
    expect(await walkCard(office, far)).toMatchObject({ met: 250, end: "empty", whole: false });
  });

  test.each([0, 1])("takes an empty page %i for no end while more are counted", async (page) => {
    const cardId = cardWith(450);
    twin.setFault({ name: "reviews_empty_page", page, times: 1 });
    await expect(walkCard(office, cardId)).rejects.toMatchObject({ key: "reviews_unread" });
    expect(await sourceIn(cardId)).toMatchObject({ settledWalk: 0, isWhole: false });
    twin.advance({ ms: HOUR });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 450, whole: true });
  });

  test("that ends too early time and again is not all; one of nothing never ends", async () => {
    const cardId = cardWith(450);
    const order = orderOf((await sourceOf(db, "card", cardId)).id);
    const began = await begun(office, order);
    twin.setFault({ name: "reviews_empty_page", page: 1 });
    const walk = await walkPages(access, order, began, { isLastTry: true });
    expect(walk).toMatchObject({ met: 200, end: "short" });
    expect(await finishWalk(access, order, walk)).toMatchObject({ whole: false });
    twin.setFault({ name: "reviews_empty_page", page: 0 });
    const again = orderOf(order.sourceId);
    const nothing = walkPages(access, again, await begun(office, again), { isLastTry: true });
    await expect(nothing).rejects.toMatchObject({ key: "reviews_unread" });
  });

  test("asks for smaller pages where Kaspi gives no larger ones, the next day at once", async () => {
    const cardId = cardWith(45);
    twin.setFault({ name: "reviews_small_pages", by: 10 });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 45, end: "total", whole: true });
    twin.addReview({ cardId });
    twin.forgetRequests();
    expect(await walkCard(office, cardId)).toMatchObject({ fresh: 1, whole: true });
    expect(asked(cardId)).toBe(2);
  });

  test("of a card that Kaspi has not is not tried again", async () => {
    const cardId = cardWith(1);
    twin.setFault({ name: "reviews_refused", status: 404 });
    await expect(walkCard(office, cardId)).rejects.toMatchObject({
      ...{ kind: "kaspi_not_found", key: "reviews_unknown", mayRetry: false },
    });
    expect(asked(cardId)).toBe(1);
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

  test("finds one that was held back, behind the newest", async () => {
    const cardId = cardWith(900);
    await walkCard(office, cardId);
    const { id } = twin.addReview({ cardId, daysAgo: 300 });
    expect(await walkCard(office, cardId)).toMatchObject({ fresh: 1, whole: true });
    expect((await keptReviews(office, "card", cardId)).has(id)).toBe(true);
    twin.forgetRequests();
    expect(await walkCard(office, cardId)).toMatchObject({ end: "known" });
    expect(asked(cardId)).toBe(1);
  });

  test("looks on for what Kaspi counts otherwise a few pages far, and once", async () => {
    const cardId = cardWith(1_700);
    await walkCard(office, cardId);
    twin.setFault({ name: "reviews_wrong_total", by: 3 });
    twin.forgetRequests();
    expect(await walkCard(office, cardId)).toMatchObject({ end: "known", whole: true });
    expect(asked(cardId)).toBe(6);
    twin.forgetRequests();
    await walkCard(office, cardId);
    expect(asked(cardId)).toBe(1);
  });

  test("goes to the end once a week, and forgets what Kaspi has no more", async () => {
    const cardId = cardWith(1_700);
    await walkCard(office, cardId);
    const source = await sourceOf(db, "card", cardId);
    const [like] = await db.select().from(reviews).where(eq(reviews.sourceId, source.id)).limit(1);
    if (!like) throw new Error("no review");
    const gone = Array.from({ length: 60 }, (_, nth) => ({ ...like, id: `gone-${nth}` }));
    await db.insert(reviews).values(gone);
    expect(await walkCard(office, cardId)).toMatchObject({ whole: false });
    expect((await analyseCard(db, office.owner, cardId, access.clock()))?.total).toBe(1_700);
    twin.advance({ ms: 7 * DAY });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 1_700, end: "total", whole: true });
    expect((await keptReviews(office, "card", cardId)).size).toBe(1_700);
  });

  test("reads what a larger bound allows, of a list that was cut", async () => {
    await db.update(workspace).set({ reviewsRead: 200 });
    const cardId = cardWith(700);
    expect(await walkCard(office, cardId)).toMatchObject({ met: 200, whole: false });
    await db.update(workspace).set({ reviewsRead: 10_000 });
    expect(await walkCard(office, cardId)).toMatchObject({ met: 700, whole: true });
  });

  test("leaves nothing out between what is new and what was known, whatever the bound", async () => {
    const cardId = cardWith(300);
    await walkCard(office, cardId);
    await db.update(workspace).set({ reviewsRead: 100 });
    twin.addReviews({ cardId, count: 500 });
    await walkCard(office, cardId);
    expect((await keptReviews(office, "card", cardId)).size).toBe(800);
  });

  test("keeps who sold it once Kaspi has said so", async () => {
    const cardId = cardWith(0);
    twin.addReview({ cardId, merchantUid: "17203946" });
    await walkCard(office, cardId);
    const kept = async () => [...(await keptReviews(office, "card", cardId)).values()][0];
    await db.update(reviews).set({ merchantId: null }).where(eq(reviews.cardId, cardId));
    await walkCard(office, cardId);
    expect(await kept()).toMatchObject({ merchantId: "17203946", merchantName: "Лавка у дома" });
    const other = cardWith(0);
    twin.addReview({ cardId: other });
    await walkCard(office, other);
    const named = { merchantId: "17203946", merchantName: "Лавка у дома" };
    await db.update(reviews).set(named).where(eq(reviews.cardId, other));
    await walkCard(office, other);
    expect([...(await keptReviews(office, "card", other)).values()][0]).toMatchObject(named);
  });

  test("does not take what a walk that has died has met for all there is", async () => {
    const cardId = cardWith(700);
    await walkCard(office, cardId);
    twin.addReviews({ cardId, count: 500 });
    const { id } = await sourceOf(db, "card", cardId);
    const order = orderOf(id);
    const began = await begun(office, order);
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
  const order = orderOf(id);
  const began = await begun(office, order);
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

test("a list is walked by one at a time; whoever has died is waited for a quarter of an hour", async () => {
  const cardId = cardWith(30);
  const { id } = await sourceOf(db, "card", cardId);
  const order = orderOf(id);
  const walk = await begun(office, order);
  expect(await beginWalk(access, orderOf(id))).toBeNull();
  // The step that begins it may run twice.
  expect(await beginWalk(access, order)).toEqual(walk);
  twin.advance({ ms: HOUR });
  const next = orderOf(id);
  expect(await beginWalk(access, next)).toMatchObject({ walk: 2 });
  // Who only waits and gives up takes nothing from who walks, and is no failure of the list.
  await abandonWalk(db, orderOf(id), "reviews_unread", access.clock());
  expect(await sourceIn(cardId)).toMatchObject({ failures: 0, walkedBy: next.by });
  await abandonWalk(db, next, "reviews_unread", access.clock());
  expect(await sourceIn(cardId)).toMatchObject({ failures: 1, walkedBy: null });
  expect(await walkCard(office, cardId)).toMatchObject({ walk: 3, met: 30 });
});
