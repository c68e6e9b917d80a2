import { eq, inArray } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { paces } from "@/lib/db/schema/api-keys";
import { runs, workspace } from "@/lib/db/schema/workspace";
import { readReviewsOf } from "@/lib/reviews/jobs";
import { watchedCards } from "@/lib/reviews/watch-queries";
import { apiOffice, keyOf } from "../support/api";
import { eventually } from "../support/locks";
import { startOfficeJobs } from "../support/office-jobs";
import { takeCards, walkCard } from "../support/reviews";
import { memberWith } from "../support/whole-office";

const office = await apiOffice();
const { access, call, twin } = office;
const { db } = access;
const jobs = await startOfficeJobs(office, [readReviewsOf]);
const card = takeCards(office);
const path = "/kaspi/reviews/";

const isBegun = async () => (await db.$count(runs, eq(runs.status, "queued"))) > 0;
const underWay = inArray(runs.status, ["queued", "running"]);
const isOver = async () => (await db.$count(runs, underWay)) === 0;

function cardWith(count: number) {
  const cardId = card();
  twin.silenceReviews({ cardId });
  if (count > 0) twin.addReviews({ cardId, count, days: count, merchantUid: "Sulpak" });
  return cardId;
}

/** The answer to a question whose job works only once it has been asked for. */
async function answered(body: unknown) {
  const answer = call("POST", path, { body });
  await eventually(isBegun);
  for (await jobs.drain(); !(await isOver()); await jobs.drain()) jobs.clock.advance(SECOND);
  return answer;
}

beforeEach(async () => {
  twin.clearFaults();
  await db.delete(paces);
  await db.update(runs).set({ status: "finished" }).where(underWay);
});

describe("reviews of a card", () => {
  test("are answered with the estimate, by the address of the card", async () => {
    const cardId = cardWith(100);
    const product_url = `https://kaspi.kz/shop/p/any-words-${cardId}/?c=750000000`;
    const { status, body } = await answered({ product_url });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      is_stale: false,
      data: {
        card_id: cardId,
        ...{ total_reviews: 100, read_reviews: 100, is_whole: true, odd_dates: 0 },
        ...{ rating: 5, estimated_sales: 800, sales_per_review: 8 },
        periods: {
          "1m": { reviews: 30, estimated_sales: 240, is_complete: true },
          "3m": { reviews: 90, estimated_sales: 720, is_complete: true },
          "6m": { reviews: 100, estimated_sales: 800, is_complete: true },
          "1y": { reviews: 100, estimated_sales: 800, is_complete: true },
        },
        stars: { "1": 0, "2": 0, "3": 0, "4": 0, "5": 100 },
        sellers: [
          { merchant_id: "Sulpak", reviews: 100, share: 100, last_30_days: 30, is_own: false },
        ],
      },
    });
    expect(body.data.product_name).toMatch(/\S/);
    expect(body.data.trend).toHaveLength(12);
  });

  test("are read once, unless the card is wanted in the list", async () => {
    const cardId = cardWith(2);
    const watched = async () =>
      (await watchedCards(db, office.owner.id)).map((one) => one.cardId).includes(cardId);
    await answered({ sku: cardId });
    expect(await watched()).toBe(false);
    await answered({ sku: cardId, watch: true });
    expect(await watched()).toBe(true);
    await answered({ sku: cardId });
    expect(await watched()).toBe(true);
    await answered({ sku: cardId, watch: false });
    expect(await watched()).toBe(false);
  });

  test("of months that were not read are not none", async () => {
    const cardId = cardWith(1_500);
    await db.update(workspace).set({ reviewsRead: 100 });
    const { body } = await answered({ sku: cardId });
    await db.update(workspace).set({ reviewsRead: 10_000 });
    expect(body.data).toMatchObject({ total_reviews: 1_500, read_reviews: 200, is_whole: false });
    expect(body.data.trend[0]).toMatchObject({
      ...{ reviews: null, average: null, negative: null, is_complete: false },
    });
  });

  test("of a card that Kaspi has not are a 404", async () => {
    const cardId = cardWith(0);
    twin.setFault({ name: "reviews_refused", status: 404 });
    const answer = call("POST", path, { body: { sku: cardId } });
    await eventually(isBegun);
    await jobs.drain();
    const { status, body } = await answer;
    expect([status, body.code]).toEqual([404, "not_found"]);
    expect(body.error).toContain(cardId);
  });

  test("are multiplied by what the office has set", async () => {
    const cardId = cardWith(10);
    await db.update(workspace).set({ salesPerReview: 20 });
    const { body } = await answered({ sku: cardId });
    expect(body.data.periods["1m"]).toMatchObject({ reviews: 10, estimated_sales: 200 });
    await db.update(workspace).set({ salesPerReview: 8 });
  });

  test("of a card nobody has written about are none, not a failure", async () => {
    const { status, body } = await answered({ sku: cardWith(0) });
    expect([status, body.data.total_reviews, body.data.rating]).toEqual([200, 0, null]);
  });

  test("are not waited for by whom does not want to", async () => {
    const cardId = cardWith(3);
    const headers = { prefer: "respond-async" };
    const {
      status,
      body,
      headers: said,
    } = await call("POST", path, {
      headers,
      body: { sku: cardId },
    });
    expect([status, body.status, body.data]).toEqual([202, "running", null]);
    expect(said.get("location")).toBe(`/api/v1/runs/${body.run_id}/`);
    expect((await call("GET", `/runs/${body.run_id}/`)).body.status).toBe("queued");
    await jobs.drain();
    expect((await call("GET", `/runs/${body.run_id}/`)).body).toMatchObject({
      ...{ kind: "reviews", status: "finished" },
    });
  });
});

describe("while Kaspi cannot be read", () => {
  const broken = () => twin.setFault({ name: "server_error", at: ["card_reviews"] });

  test("there is no answer where nothing is known, and it comes at once", async () => {
    const cardId = cardWith(3);
    broken();
    const answer = call("POST", path, { body: { sku: cardId } });
    await eventually(isBegun);
    await jobs.drain();
    const { status, body, headers } = await answer;
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("what was read before is told, and that it is tried again", async () => {
    const cardId = cardWith(3);
    await walkCard(office, cardId);
    broken();
    const answer = call("POST", path, { body: { sku: cardId } });
    await eventually(isBegun);
    await jobs.drain();
    const { status, body } = await answer;
    expect([status, body.status, body.data.read_reviews]).toEqual([202, "running", 3]);
  });

  test("and all attempts were in vain, it is said to be stale", async () => {
    const cardId = cardWith(4);
    await walkCard(office, cardId);
    broken();
    const first = call("POST", path, { body: { sku: cardId } });
    await eventually(isBegun);
    await jobs.drain();
    await first;
    const second = call("POST", path, { body: { sku: cardId } });
    await second;
    await db.update(runs).set({ status: "failed" }).where(underWay);
    twin.clearFaults();
    const { body } = await answered({ sku: cardId });
    expect(body).toMatchObject({ is_stale: false, data: { read_reviews: 4 } });
  });
});

describe("what is refused", () => {
  test.each([
    [{ product_url: "https://example.com/shop/p/x-106185651/" }, "product_url"],
    [{ product_url: "https://kaspi.kz.example.com/shop/p/x-106185651/" }, "product_url"],
    [{ product_url: "http://127.0.0.1/shop/p/x-106185651/" }, "product_url"],
    [{ sku: "чайник" }, "sku"],
    [{}, ""],
    [{ sku: "106185651", product_url: "106185651" }, ""],
    [{ sku: "106185651", city: 1 }, "city"],
  ])("%j", async (body, field) => {
    const { status, body: said } = await call("POST", path, { body });
    expect([status, said.code, said.details[0].path]).toEqual([422, "invalid", field]);
    expect(twin.asked({ text: "106185651" })).toEqual([]);
  });

  test("whoever may read no reviews, and a key without the scope", async () => {
    const nobody = await memberWith(office, "nobody", []);
    const body = { sku: cardWith(1) };
    const said = await call("POST", path, { body, key: await keyOf(office, nobody) });
    expect([said.status, said.body.code]).toEqual([403, "forbidden"]);
    const key = await keyOf(office, office.owner.id, ["read", "write"]);
    expect((await call("POST", path, { body, key })).status).toBe(403);
  });
});
