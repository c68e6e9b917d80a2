import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { reviewSources, reviewWatches } from "@/lib/db/schema/reviews";
import { notices } from "@/lib/db/schema/workspace";
import { listOpenNotices } from "@/lib/notices/queries";
import { askForCard } from "@/lib/reviews/ask-card";
import { askForDue } from "@/lib/reviews/ask-for-due";
import { askForShop } from "@/lib/reviews/ask-shop";
import { readReviewsOf } from "@/lib/reviews/jobs";
import { runById } from "@/lib/runs/queries";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { cardsOf, keptReviews, takeCards, walkShop } from "../support/reviews";
import { connectedStore, syncNow } from "../support/stores";

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

describe("a low review", () => {
  test("of a shop of ours is told once, and who dismisses it is not told again", async () => {
    await walkShop(office, storeId, merchantId);
    await db.delete(notices);
    const id = write(2);
    write(3);
    await walkShop(office, storeId, merchantId);
    expect(await told()).toMatchObject([
      { storeId, severity: "warning", params: { rating: 2, review: id, of: storeId } },
    ]);
    await db.update(notices).set({ resolvedAt: clock() });
    write(5);
    await walkShop(office, storeId, merchantId);
    expect(await told()).toEqual([]);
  });

  test("is not told of at the first reading: it is old news", async () => {
    write(1);
    await db.delete(reviewSources).where(eq(reviewSources.code, merchantId));
    await walkShop(office, storeId, merchantId);
    expect(await told()).toEqual([]);
  });

  test("of a card that somebody analyses is nobody's news", async () => {
    await askForCard(db, owner, ownCard, clock());
    await jobs.drain();
    write(1);
    twin.advance({ ms: MINUTE });
    await askForCard(db, owner, ownCard, clock());
    await jobs.drain();
    expect(await told()).toEqual([]);
  });
});

describe("a card", () => {
  test("is read when a person asks, and every day from then on", async () => {
    const cardId = card();
    twin.silenceReviews({ cardId });
    twin.addReviews({ cardId, count: 30, days: 30 });
    const { runId } = await askForCard(db, owner, cardId, clock());
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

  test("that cannot be read fails after all attempts; the next is tried later, and later each time", async () => {
    const cardId = card();
    twin.setFault({ name: "server_error", at: ["card_reviews"] });
    const { runId } = await askForCard(db, owner, cardId, clock());
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
