import { beforeAll, describe, expect, it } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { productCosts, tariffs } from "@/lib/db/schema/costs";
import { pricingRuns } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { pricingRunsAddress, runsCursorText } from "@/lib/ledger/run-address";
import { runProfit } from "@/lib/ledger/run-profit";
import { findPricingRun, pricingRunsPage, runTotals, undoneBy } from "@/lib/ledger/run-queries";
import type { DecisionState } from "@/lib/repricing/decide/model";
import { nothingUsual } from "../costs/tariffs";
import { testDatabase } from "../support/database";
import { ledgerNow, shopWithLedger } from "../support/ledger";
import { asViewer } from "../support/person";

const { db } = await testDatabase();
await db.insert(workspace).values({ kaspi: "twin" }).onConflictDoNothing();
const now = ledgerNow;
type Shop = Awaited<ReturnType<typeof shopWithLedger>>;

describe("the list of price checks", () => {
  let mine: Shop;
  let foreign: Shop;

  beforeAll(async () => {
    mine = await shopWithLedger(db, "mine");
    foreign = await shopWithLedger(db, "foreign");
  });

  const run = async (shop: Shop, over: Partial<typeof pricingRuns.$inferInsert> = {}) => {
    const [row] = await db
      .insert(pricingRuns)
      .values({ storeId: shop.storeId, trigger: "schedule", startedAt: now, ...over })
      .returning({ id: pricingRuns.id });
    return row?.id ?? "";
  };
  const list = async (asked: Record<string, string> = {}, limit = 50, caller = mine.member) => {
    const { store, show, before } = pricingRunsAddress.parse(asked);
    return pricingRunsPage(db, caller, { store, all: show === "all", before, limit });
  };

  it("shows what came to something, and the rest when asked", async () => {
    const quiet = await run(mine, { checked: 40 });
    const changed = await run(mine, { checked: 40, changes: 3 });
    const unread = await run(mine, { checked: 40, unread: 2 });
    const undo = await run(mine, { trigger: "undo", requestedBy: mine.member.id, undoes: changed });
    const ids = async (asked = {}) => (await list(asked)).runs.map(({ id }) => id);
    expect(await ids()).toEqual(expect.arrayContaining([changed, unread, undo]));
    expect(await ids()).not.toContain(quiet);
    expect(await ids({ show: "all" })).toContain(quiet);
    const shown = (await list()).runs.find(({ id }) => id === undo);
    expect(shown).toMatchObject({ by: "mine", undoes: changed, storeName: "Магазин mine" });
    expect(await undoneBy(db, changed)).toBe(undo);
    expect(await undoneBy(db, quiet)).toBe(null);
  });

  it("keeps a foreign check to itself", async () => {
    const theirs = await run(foreign, { changes: 5 });
    expect((await list({ show: "all" })).runs.map(({ id }) => id)).not.toContain(theirs);
    expect((await list({ store: foreign.storeId, show: "all" })).runs).toEqual([]);
    expect(await findPricingRun(db, mine.member, theirs)).toBe(null);
    expect(await findPricingRun(db, foreign.member, theirs)).toMatchObject({ isWritable: true });
    const viewer = asViewer(mine.member);
    expect(await findPricingRun(db, viewer, theirs)).toMatchObject({ isWritable: false });
  });

  it("turns its pages without losing or repeating a check of the same moment", async () => {
    const shop = await shopWithLedger(db, "turning");
    for (let nth = 0; nth < 9; nth += 1)
      await run(shop, { changes: 1, startedAt: later(now, -Math.floor(nth / 3) * MINUTE - DAY) });
    const turned: string[] = [];
    let before: string | undefined;
    do {
      const part = await list(before ? { before } : {}, 2, shop.member);
      turned.push(...part.runs.map(({ id }) => id));
      const last = part.runs.at(-1);
      before = part.hasMore && last ? runsCursorText(last) : undefined;
    } while (before);
    expect(turned).toEqual((await list({}, 50, shop.member)).runs.map(({ id }) => id));
    expect(new Set(turned).size).toBe(9);
  });

  it("adds up what a check has done, each of them once, ups and downs apart", async () => {
    const runId = await run(mine, { changes: 4 });
    const product = await mine.product();
    const decide = (priceBefore: number, price: number, state: DecisionState) =>
      mine.decide(product, {
        runId,
        priceBefore: priceBefore as never,
        price: price as never,
        state,
      });
    await decide(1_000, 900, "confirmed");
    await decide(1_000, 800, "rejected");
    await decide(1_000, 1_050, "confirmed");
    await mine.decide(product, { runId, kind: "hold", price: null, state: "none" });
    await decide(1_050, 900, "held");
    await decide(1_050, 950, "superseded");
    expect(await runTotals(db, runId)).toEqual({
      up: 1,
      down: 1,
      upBy: 50,
      downBy: -100,
      confirmed: 2,
      waiting: 0,
      failed: 1,
      replaced: 1,
      held: 1,
    });
    expect(await findPricingRun(db, mine.member, runId)).toMatchObject({ changes: 3, held: 1 });
  });

  it("says what a check does to the profit per unit, where all costs are known", async () => {
    const runId = await run(mine, { changes: 3 });
    expect(await runProfit(db, runId, now)).toBe(null);
    const from = { storeId: mine.storeId, validFrom: "2020-01-01", setAt: now };
    const expenses = { packaging: tenge(0), other: tenge(0), returns: tenge(0) };
    const usual = { ...nothingUsual, ...expenses, delivery: "none", minProfit: tenge(0) };
    await db.insert(tariffs).values([
      { ...from, kind: "commission", value: { rate: 700 } },
      { ...from, kind: "kaspi_pay", value: { rate: 100 } },
      { ...from, kind: "tax", value: { rate: 200 } },
      { ...from, kind: "usual", value: usual },
    ]);
    const costing = async (cost: Tenge) => {
      const productId = await mine.product({ cost });
      await db.insert(productCosts).values({ productId, cost, setAt: now, source: "page" });
      return productId;
    };
    const [dear, cheap] = [await costing(tenge(500)), await costing(tenge(200))];
    const unknown = await mine.product();
    const move = (productId: string, from: number, to: number, state: DecisionState) =>
      mine.decide(productId, { runId, priceBefore: tenge(from), price: tenge(to), state });
    await move(dear, 1_000, 900, "confirmed");
    await move(dear, 900, 700, "held");
    await move(cheap, 1_000, 1_200, "sent");
    await move(unknown, 1_000, 10, "sent");
    await move(cheap, 1_200, 99_999, "rejected");
    // 10 % go to Kaspi and the state: 1,000 leaves 400 and 700; then 700 leaves 130, and 1,200 leaves 880.
    expect(await runProfit(db, runId, now)).toEqual({
      prices: 3,
      known: 2,
      before: 550,
      after: 505,
    });
  });
});
