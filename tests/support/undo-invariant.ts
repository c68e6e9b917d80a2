import { and, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { expect } from "vitest";
import { type ErrorKind, isAppError } from "@/lib/core/errors";
import { tenge } from "@/lib/core/money";
import { HOUR, MINUTE } from "@/lib/core/time";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { releaseHold } from "@/lib/repricing/hold/answer-hold";
import { openHolds } from "@/lib/repricing/hold/hold-queries";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { undoRun } from "@/lib/repricing/undo/undo";
import { undoItemsOf } from "@/lib/repricing/undo/undo-item-queries";
import type { Handle } from "./goods";
import type { TestOffice } from "./office";
import { chance, pick, type Random, whole } from "./random-market";
import { watchedGoods } from "./watched-shop";

/** A refusal that is to be expected; whatever else went wrong is thrown on. */
const unless = (kind: ErrorKind) => (error: unknown) => {
  if (!isAppError(error, kind)) throw error;
  return null;
};

/** A shop whose life goes on by chance, and in which any run may be undone. */
async function undoWorld(office: TestOffice, size: number) {
  const { access, owner, twin } = office;
  const { db } = access;
  const { storeId, shelf, starts } = await watchedGoods(office, { many: size, floor: 0.6 });

  async function publish(): Promise<void> {
    while ((await publishStore(access, storeId)).goesOn);
  }

  async function run(): Promise<void> {
    await db.update(productCities).set({ nextCheckAt: access.clock() });
    while (await repriceDue(access, storeId, { trigger: "schedule" }));
    for (const { id } of await openHolds(db, owner))
      await releaseHold(db, owner, id, access.clock());
  }

  /** Until nothing is on its way: what the fates were by then. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 10; round += 1) {
      await publish();
      twin.advance({ ms: 10_000 });
      await confirmStore(access, storeId);
    }
  }

  const acts: ((random: Random, one: Handle, start: number) => Promise<void> | void)[] = [
    (random, one, start) => one.rivals(Math.round(start * (0.75 + random() / 2))),
    (_, one) => one.rivals(),
    async (random, one, start) => {
      const price = tenge(Math.round(start * (0.9 + random() / 5)));
      const hand = { price, hold: chance(random, 0.3), confirm: true };
      await setPriceByHand(db, owner, one.productId, hand, access.clock()).catch(unless("invalid"));
    },
    (random, { merchantUid, sku }, start) => {
      const price = Math.round(start * (0.9 + random() / 5));
      twin.changeOffer({ merchantUid, sku, price, cityPrices: null });
    },
    async (random, { productId }) => {
      const ceiling = chance(random, 0.5) ? tenge(whole(random, 1_000, 100_000)) : null;
      await db.update(products).set({ ceiling }).where(eq(products.id, productId));
    },
    run,
    publish,
    settle,
    () => twin.advance({ ms: MINUTE }),
    () => twin.advance({ ms: HOUR }),
  ];

  /** Every market moves, and the bots follow. */
  async function moveAll(random: Random): Promise<void> {
    for (const [nth, one] of shelf.entries())
      one.rivals(Math.round((starts[nth] ?? 0) * (0.85 + random() / 5)));
    await run();
    if (chance(random, 0.8)) await settle();
  }

  /** Something happens to somebody. */
  async function live(random: Random): Promise<void> {
    const nth = whole(random, 0, shelf.length - 1);
    const one = shelf[nth];
    const act = pick(random, acts as [(typeof acts)[number], ...typeof acts]);
    if (one) await act(random, one, starts[nth] ?? 0);
  }

  async function movingBesides(undoId: string): Promise<Set<string>> {
    const rows = await db
      .select({ productId: decisions.productId })
      .from(decisions)
      .where(
        and(
          inArray(decisions.state, ["pending", "sending", "sent"]),
          sql`${decisions.runId} is distinct from ${undoId}`,
        ),
      );
    return new Set(rows.map(({ productId }) => productId));
  }

  async function changedBy(runId: string): Promise<string[]> {
    const rows = await db
      .selectDistinct({ productId: decisions.productId })
      .from(decisions)
      .where(and(eq(decisions.runId, runId), eq(decisions.kind, "change")));
    return rows.map(({ productId }) => productId).sort();
  }

  /**
   * Invariant 8: a run that is undone has every price back that it led away from, but those it lists,
   * and those are as they were; it lists whatever that run changed. Says how many of each there were.
   */
  async function undoOneRun(random: Random): Promise<{ back: number; skipped: number }> {
    const changed = and(eq(pricingRuns.storeId, storeId), isNotNull(pricingRuns.finishedAt));
    const runs = await db
      .select({ id: pricingRuns.id })
      .from(pricingRuns)
      .innerJoin(decisions, and(eq(decisions.runId, pricingRuns.id), eq(decisions.kind, "change")))
      .where(changed)
      .groupBy(pricingRuns.id, pricingRuns.startedAt)
      .orderBy(desc(pricingRuns.startedAt))
      .limit(2);
    const chosen = runs[whole(random, 0, runs.length - 1)];
    if (!chosen) return { back: 0, skipped: 0 };
    if (chance(random, 0.7)) await settle();
    const before = new Map(shelf.map((one) => [one.productId, one.kaspiPrice()]));
    const undoId = await undoRun(db, owner, chosen.id, access.clock()).catch(unless("conflict"));
    if (!undoId) return { back: 0, skipped: 0 };
    // A price of a person, or one that Kaspi has, arrives yet: such a product does not stay as it is.
    const moving = await movingBesides(undoId);
    await settle();
    twin.advance({ ms: HOUR + MINUTE });
    await settle();
    const items = await undoItemsOf(db, owner, undoId);
    const first = new Map(items.toReversed().map((item) => [item.productId, item]));
    expect([...first.keys()].sort()).toEqual(await changedBy(chosen.id));
    const back = new Set(items.flatMap((one) => (one.outcome === "back" ? [one.productId] : [])));
    for (const one of shelf) {
      const { productId } = one;
      const left = items.find((item) => item.productId === productId && item.outcome === "back");
      if (left) expect(one.kaspiPrice()).toBe(left.priceBefore);
      else if (first.has(productId) && !moving.has(productId))
        expect(one.kaspiPrice()).toBe(before.get(productId));
    }
    await db.update(products).set({ manualLock: false, ceiling: null });
    return { back: back.size, skipped: first.size - back.size };
  }

  return { moveAll, live, undoOneRun };
}

/** So many rounds of a life by chance, each with an undo at its end. */
export async function liveAndUndo(office: TestOffice, rounds: number, random: Random) {
  const world = await undoWorld(office, 8);
  const seen = { back: 0, skipped: 0 };
  for (let round = 0; round < rounds; round += 1) {
    await world.moveAll(random);
    const acts = whole(random, 0, 5);
    for (let act = 0; act < acts; act += 1) await world.live(random);
    const { back, skipped } = await world.undoOneRun(random);
    seen.back += back;
    seen.skipped += skipped;
  }
  return seen;
}
