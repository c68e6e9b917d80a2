import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { findActiveUser } from "@/lib/auth/users";
import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import { kaspiCircuits } from "@/lib/db/schema/exits";
import { userGroups } from "@/lib/db/schema/groups";
import { stores } from "@/lib/db/schema/kaspi";
import { reviewSources, reviews, reviewWatches } from "@/lib/db/schema/reviews";
import { notices, users } from "@/lib/db/schema/workspace";
import { listOpenNotices } from "@/lib/notices/queries";
import { askForCard } from "@/lib/reviews/ask-card";
import { askForDue } from "@/lib/reviews/ask-for-due";
import { askForShop } from "@/lib/reviews/ask-shop";
import { finishWalk } from "@/lib/reviews/finish-walk";
import { readReviewsOf } from "@/lib/reviews/jobs";
import { sourceOf } from "@/lib/reviews/source-queries";
import { walkPages } from "@/lib/reviews/walk-source";
import { runById } from "@/lib/runs/queries";
import { shareStore } from "@/lib/stores/share-store";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { begun, cardsOf, keptReviews, orderOf, takeCards, walkShop } from "../support/reviews";
import { connectedStore, syncNow } from "../support/stores";
import { memberWith } from "../support/whole-office";

const office = await testOffice();
reachableByJobs(office);
const { access, owner, twin } = office;
const { db, clock } = access;
const { storeId, merchantId } = await connectedStore(office);
await syncNow(office, storeId);
const jobs = await startOfficeJobs(office, [readReviewsOf]);
const card = takeCards(office);
// Whoever writes here is said by the test.
twin.silenceReviews();
const [ownCard = ""] = await cardsOf(office, storeId, 1);

const told = async () =>
  (await listOpenNotices(db, owner)).filter(({ kind }) => kind === "low_review");
const write = (rating: number) =>
  twin.addReview({ cardId: ownCard, merchantUid: merchantId, rating, text: "Отзыв" }).id;

beforeEach(async () => {
  twin.clearFaults();
  await db.delete(notices);
  await db.delete(reviewWatches);
  // What one test was refused is not held against the next: behind a trial only one call passes.
  await db.delete(kaspiCircuits);
  await db.update(stores).set({ isActive: true, officialOnly: false });
  twin.advance({ ms: 2 * DAY });
});

describe("the reviews of a shop", () => {
  test("are read by themselves every hour, and no oftener", async () => {
    const first = write(4);
    await askForDue(db, clock());
    await jobs.drain();
    expect((await keptReviews(office, "shop", merchantId)).get(first)?.rating).toBe(4);
    expect(await askForDue(db, clock())).toBe(0);
    const id = write(5);
    twin.advance({ ms: HOUR });
    expect(await askForDue(db, clock())).toBe(1);
    await jobs.drain();
    expect((await keptReviews(office, "shop", merchantId)).get(id)?.rating).toBe(5);
  });

  test("are not read for a store on pause, nor for one that allows no shop window", async () => {
    await db.update(stores).set({ isActive: false });
    expect(await askForDue(db, clock())).toBe(0);
    await db.update(stores).set({ isActive: true, officialOnly: true });
    expect(await askForDue(db, clock())).toBe(0);
  });

  test("are read at once for a person, who follows how far it is", async () => {
    const { runId } = await askForShop(db, owner, storeId, clock());
    expect(await askForShop(db, owner, storeId, clock())).toEqual({ runId });
    await jobs.drain();
    expect(await runById(db, runId)).toMatchObject({ status: "finished", kind: "reviews" });
  });
});

test("a shop of which Kaspi counts what it shows no more is read in the end, and is not whole", async () => {
  const quiet = merchantId === "17203946" ? "30518274" : "17203946";
  const order = orderOf((await sourceOf(db, "shop", quiet)).id);
  twin.setFault({ name: "reviews_wrong_total", by: 5 });
  const walk = await begun(office, order);
  await expect(walkPages(access, order, walk)).rejects.toMatchObject({ key: "reviews_unread" });
  const last = await walkPages(access, order, walk, { isLastTry: true });
  expect(last).toMatchObject({ met: 0, end: "short" });
  expect(await finishWalk(access, order, last)).toMatchObject({ met: 0, whole: false });
});

describe("a low review", () => {
  test("of a shop of ours is told once, and who dismisses it is not told again", async () => {
    await walkShop(office, storeId, merchantId);
    await db.delete(notices);
    write(2);
    write(3);
    await walkShop(office, storeId, merchantId);
    const params = { of: storeId };
    expect(await told()).toMatchObject([
      { storeId, severity: "warning", params: { ...params, count: 1 } },
    ]);
    twin.advance({ ms: DAY });
    write(1);
    twin.advance({ ms: MINUTE });
    const review = write(1);
    await walkShop(office, storeId, merchantId);
    // One for the store, however many there are, and news again.
    const [open, ...more] = await told();
    expect([open?.params, more]).toMatchObject([{ ...params, count: 3, review }, []]);
    expect(clock().getTime() - (open?.createdAt.getTime() ?? 0)).toBeLessThan(HOUR);
    await db.update(notices).set({ resolvedAt: clock() });
    write(5);
    await walkShop(office, storeId, merchantId);
    expect(await told()).toEqual([]);
  });

  test("of a buyer who has changed their mind is told of, too", async () => {
    const id = write(2);
    await walkShop(office, storeId, merchantId);
    await db.delete(notices);
    await db.update(reviews).set({ rating: 4 }).where(eq(reviews.id, id));
    await walkShop(office, storeId, merchantId);
    expect(await told()).toMatchObject([{ params: { count: 1 } }]);
  });

  test("is told of while it is news: a store that stood still hears nothing of the months before", async () => {
    await walkShop(office, storeId, merchantId);
    await db.delete(notices);
    const writtenAgo = (daysAgo: number) =>
      twin.addReview({ cardId: ownCard, merchantUid: merchantId, rating: 1, daysAgo });
    writtenAgo(60);
    writtenAgo(8);
    await walkShop(office, storeId, merchantId);
    expect(await told()).toEqual([]);
    writtenAgo(6);
    await walkShop(office, storeId, merchantId);
    expect(await told()).toMatchObject([{ params: { count: 1 } }]);
  });

  test("is not told of at the first reading: it is old news", async () => {
    write(1);
    await db.delete(reviewSources).where(eq(reviewSources.code, merchantId));
    await walkShop(office, storeId, merchantId);
    expect(await told()).toEqual([]);
  });

  test("of a card that somebody analyses is nobody's news", async () => {
    await askForCard(db, owner, { cardId: ownCard, watch: true }, clock());
    await jobs.drain();
    write(1);
    twin.advance({ ms: MINUTE });
    await askForCard(db, owner, { cardId: ownCard, watch: true }, clock());
    await jobs.drain();
    expect(await told()).toEqual([]);
  });
});

describe("a card", () => {
  test("that is asked for is not asked for by the schedule as well", async () => {
    const cardId = card();
    await askForCard(db, owner, { cardId, watch: true }, clock());
    await askForDue(db, clock());
    twin.forgetRequests();
    await jobs.drain();
    expect(twin.asked({ text: cardId }).length).toBe(1);
  });

  test("that another reads is waited for by whom follows it", async () => {
    const cardId = card();
    twin.silenceReviews({ cardId });
    twin.addReviews({ cardId, count: 30 });
    const { id } = await sourceOf(db, "card", cardId);
    const theirs = orderOf(id);
    const walk = await begun(office, theirs);
    const { runId } = await askForCard(db, owner, { cardId }, clock());
    await jobs.drain();
    expect(await runById(db, runId)).toMatchObject({ status: "running" });
    const read = await walkPages(access, theirs, walk);
    await finishWalk(access, theirs, read);
    twin.advance({ ms: MINUTE });
    await jobs.drain();
    expect(await runById(db, runId)).toMatchObject({ status: "finished", done: 30 });
  });

  const isDue = async (cardId: string) => {
    const { id } = await sourceOf(db, "card", cardId);
    await db.update(reviewSources).set({ nextReadAt: null }).where(eq(reviewSources.id, id));
    await askForDue(db, clock());
    const [source] = await db.select().from(reviewSources).where(eq(reviewSources.id, id));
    return source?.nextReadAt !== null;
  };

  test("that was asked about once is not read every day", async () => {
    const cardId = card();
    await askForCard(db, owner, { cardId }, clock());
    expect(await isDue(cardId)).toBe(false);
    await askForCard(db, owner, { cardId, watch: true }, clock());
    expect(await isDue(cardId)).toBe(true);
  });

  test("is read for people at work who may read reviews, and for nobody else", async () => {
    const cardId = card();
    const userId = await memberWith(office, "watcher", ["view_review"]);
    const watcher = (await findActiveUser(db, userId)) ?? expect.fail("nobody");
    await askForCard(db, watcher, { cardId, watch: true }, clock());
    expect(await isDue(cardId)).toBe(true);
    await db.update(users).set({ isActive: false }).where(eq(users.id, userId));
    expect(await isDue(cardId)).toBe(false);
    await db.update(users).set({ isActive: true }).where(eq(users.id, userId));
    await db.delete(userGroups).where(eq(userGroups.userId, userId));
    expect(await isDue(cardId)).toBe(false);
    const given = { storeId, email: "watcher@example.kz", permissions: ["view_review" as const] };
    await shareStore(db, owner, given, clock());
    expect(await isDue(cardId)).toBe(true);
  });

  test("that only a store without a shop window sells is not looked at there any more", async () => {
    await askForCard(db, owner, { cardId: ownCard, watch: true }, clock());
    expect(await isDue(ownCard)).toBe(true);
    await db.update(stores).set({ officialOnly: true });
    expect(await isDue(ownCard)).toBe(false);
  });

  test("is read when a person asks, and every day from then on", async () => {
    const cardId = card();
    twin.silenceReviews({ cardId });
    twin.addReviews({ cardId, count: 30, days: 30 });
    const { runId } = await askForCard(db, owner, { cardId, watch: true }, clock());
    await jobs.drain();
    expect(await runById(db, runId)).toMatchObject({
      ...{ status: "finished", done: 30 },
      counts: { reviews: 30, fresh: 30, oddDays: 0, unreadable: 0, whole: 1 },
    });
    twin.addReview({ cardId });
    twin.advance({ ms: DAY });
    await askForDue(db, clock());
    await jobs.drain();
    expect((await keptReviews(office, "card", cardId)).size).toBe(31);
  });

  test("of which Kaspi always counts more than it shows comes to an end, and is not whole", async () => {
    const cardId = card();
    twin.silenceReviews({ cardId });
    twin.addReviews({ cardId, count: 450 });
    twin.setFault({ name: "reviews_wrong_total", by: 100, at: ["card_reviews"] });
    const { runId } = await askForCard(db, owner, { cardId }, clock());
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await jobs.drain();
      twin.advance({ ms: 2 * MINUTE });
    }
    expect(await runById(db, runId)).toMatchObject({
      ...{ status: "finished", done: 450, counts: { reviews: 450, whole: 0 } },
    });
    const [source] = await db.select().from(reviewSources).where(eq(reviewSources.code, cardId));
    expect(source).toMatchObject({ isWhole: false, settledGap: 100, failures: 0, errorKey: null });
  });

  test("that cannot be read fails after all attempts; the next is tried later, and later each time", async () => {
    const cardId = card();
    twin.setFault({ name: "server_error", at: ["card_reviews"] });
    const { runId } = await askForCard(db, owner, { cardId, watch: true }, clock());
    await jobs.drain();
    // It says that it is in trouble at once, and fails when it has been tried often enough.
    expect((await runById(db, runId))?.counts).toEqual({ trouble: 1 });
    for (let attempt = 0; attempt < 6; attempt += 1) {
      twin.advance({ ms: 2 * MINUTE });
      await jobs.drain();
    }
    expect(await runById(db, runId)).toMatchObject({ status: "failed" });
    const [source] = await db.select().from(reviewSources).where(eq(reviewSources.code, cardId));
    expect(source).toMatchObject({ failures: 1, errorKey: "reviews_unread", settledWalk: 0 });
    expect(source?.nextReadAt?.getTime()).toBeGreaterThan(clock().getTime());
  });
});
