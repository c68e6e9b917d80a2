import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { priceAnswers, priceHolds } from "@/lib/db/schema/safety";
import { countApprovals, frozenDecisions } from "@/lib/ledger/approval-queries";
import { testDatabase } from "../support/database";
import { ledgerNow, shopWithLedger } from "../support/ledger";
import { asViewer } from "../support/person";

const { db } = await testDatabase();
const now = ledgerNow;
type Shop = Awaited<ReturnType<typeof shopWithLedger>>;
const frozen = {
  kind: "hold",
  reason: "anomaly_frozen",
  state: "frozen",
  price: 500 as never,
} as const;

describe("what waits for a person", () => {
  let mine: Shop;
  let foreign: Shop;

  beforeAll(async () => {
    mine = await shopWithLedger(db, "mine");
    foreign = await shopWithLedger(db, "foreign");
  });

  const listed = (caller: Shop["member"], store?: string) =>
    frozenDecisions(db, caller, { store, now, limit: 100 });

  it("is the caller's own, the longest waiting first", async () => {
    const late = await mine.decide(await mine.product(), { ...frozen, decidedAt: now });
    const early = await mine.decide(await mine.product(), {
      ...frozen,
      decidedAt: later(now, -MINUTE),
    });
    await foreign.decide(await foreign.product(), frozen);
    expect((await listed(mine.member)).map(({ decisionId }) => decisionId)).toEqual([early, late]);
    expect(await listed(mine.member, foreign.storeId)).toEqual([]);
    expect(await countApprovals(db, mine.member)).toEqual({ frozen: 2, holds: 0 });
    expect(await countApprovals(db, mine.member, foreign.storeId)).toEqual({ frozen: 0, holds: 0 });
    const viewer = asViewer(mine.member);
    expect((await listed(viewer, mine.storeId)).every(({ isWritable }) => isWritable)).toBe(true);
    expect(await listed(viewer, foreign.storeId)).toMatchObject([{ isWritable: false }]);
  });

  it("says when somebody has agreed and the market is yet to be read", async () => {
    const shop = await shopWithLedger(db, "agreeing");
    const product = await shop.product();
    await shop.decide(product, frozen);
    const answer = (until: Date) => ({
      productId: product,
      cityId: "750000000",
      answer: "agreed" as const,
      price: 500 as never,
      answeredBy: shop.member.id,
      until,
    });
    await db.insert(priceAnswers).values(answer(later(now, DAY)));
    expect((await listed(shop.member))[0]).toMatchObject({ isAgreed: true });
    await db
      .update(priceAnswers)
      .set({ until: later(now, -1) })
      .where(eq(priceAnswers.productId, product));
    expect((await listed(shop.member))[0]).toMatchObject({ isAgreed: false });
  });

  it("leaves out goods that are gone, and counts holds that nobody has answered", async () => {
    const shop = await shopWithLedger(db, "holding");
    const product = await shop.product();
    await shop.decide(product, frozen);
    await db.update(products).set({ goneAt: now }).where(eq(products.id, product));
    const hold = { storeId: shop.storeId, at: now, changes: 10, drops: 10 };
    await db.insert(priceHolds).values([
      { ...hold, kind: "breaker", scope: "run" },
      { ...hold, kind: "canary", answer: "released" },
    ]);
    expect(await listed(shop.member)).toEqual([]);
    expect(await countApprovals(db, shop.member)).toEqual({ frozen: 0, holds: 1 });
    expect(await countApprovals(db, foreign.member)).toMatchObject({ holds: 0 });
  });
});
