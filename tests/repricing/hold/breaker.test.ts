import { and, desc, eq, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { MINUTE } from "@/lib/core/time";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { priceHolds } from "@/lib/db/schema/safety";
import { notices } from "@/lib/db/schema/workspace";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { rejectHold, releaseHold } from "@/lib/repricing/hold/answer-hold";
import { heldDecisions, openHolds } from "@/lib/repricing/hold/hold-queries";
import type { Handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { watchedShop } from "../../support/watched-shop";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const MANY = 14;
const { storeId, shelf, starts, rivalsAt, run, settle, beginAgain } = await watchedShop(
  office,
  MANY,
);

beforeEach(() => beginAgain());

const states = async () => {
  const rows = await db.select().from(decisions).where(eq(decisions.kind, "change"));
  const open = rows.filter(({ state }) => state !== "superseded");
  return [...new Set(open.map(({ state }) => state))];
};

async function theHold(): Promise<string> {
  const [hold] = await openHolds(db, owner);
  if (!hold) throw new Error("nothing is held");
  return hold.id;
}

describe("a run in which too many prices fall too far", () => {
  beforeEach(async () => {
    rivalsAt(0.88, shelf.slice(0, 10));
    rivalsAt(0.95, shelf.slice(10));
    await run();
  });

  test("is held as a whole, sends nothing, and the owner is told", async () => {
    expect(await states()).toEqual(["held"]);
    expect(await settle()).toBe(0);
    expect(await openHolds(db, owner)).toMatchObject([
      { kind: "breaker", scope: "run", changes: MANY, drops: 10, waiting: MANY, isWritable: true },
    ]);
    const open = await db.select().from(notices).where(isNull(notices.resolvedAt));
    expect(open).toMatchObject([{ kind: "prices_held", storeId, params: { count: MANY } }]);
    expect(await heldDecisions(db, owner, await theHold(), { limit: 3 })).toHaveLength(3);
  });

  test("is nobody's business in another shop", async () => {
    expect(await openHolds(db, stranger)).toEqual([]);
    const holdId = await theHold();
    expect(await heldDecisions(db, stranger, holdId, { limit: 3 })).toEqual([]);
    for (const answer of [releaseHold, rejectHold])
      await expect(answer(db, stranger, holdId, access.clock())).rejects.toMatchObject({
        kind: "not_found",
      });
  });

  test("goes out when a person lets it, each price through the gate with fresh limits", async () => {
    const [first] = shelf;
    const floor = tenge(starts[0] ?? 0);
    await setLimits(db, owner, first?.productId ?? "", { floor }, access.clock());
    expect(await releaseHold(db, owner, await theHold(), access.clock())).toEqual({ count: MANY });
    expect(await settle()).toBe(MANY - 1);
    expect(first?.kaspiPrice()).toBe(starts[0]);
    expect(shelf[1]?.kaspiPrice()).toBe(Math.ceil((starts[1] ?? 0) * 0.88) - 1);
    expect(await openHolds(db, owner)).toEqual([]);
    expect(await db.$count(notices, isNull(notices.resolvedAt))).toBe(0);
    await expect(
      releaseHold(db, owner, (await db.select().from(priceHolds))[0]?.id ?? "", access.clock()),
    ).rejects.toMatchObject({ kind: "conflict" });
  });

  test("let go hours later it is decided again, and is not held a second time", async () => {
    twin.advance({ ms: 180 * MINUTE });
    const holdId = await theHold();
    await releaseHold(db, owner, holdId, access.clock());
    expect(await settle()).toBe(0);
    await run();
    expect(await openHolds(db, owner)).toEqual([]);
    expect(await settle()).toBe(MANY);
  });

  test("let go, it goes no further than the person has seen", async () => {
    twin.advance({ ms: 180 * MINUTE });
    await releaseHold(db, owner, await theHold(), access.clock());
    rivalsAt(0.86, shelf);
    await settle();
    await run();
    expect(await settle()).toBe(0);
    expect(await openHolds(db, owner)).toMatchObject([{ waiting: MANY }]);
  });

  test("let go while another run has met it, it is not held by the end of that run", async () => {
    rivalsAt(0.87, shelf.slice(0, 10));
    await run();
    const [later] = await db
      .select({ id: pricingRuns.id })
      .from(pricingRuns)
      .orderBy(desc(pricingRuns.startedAt))
      .limit(1);
    // As if that run had not ended yet.
    await db
      .update(pricingRuns)
      .set({ finishedAt: null })
      .where(eq(pricingRuns.id, later?.id ?? ""));
    await releaseHold(db, owner, await theHold(), access.clock());
    twin.advance({ ms: 3 * MINUTE });
    expect(await settle()).toBe(MANY);
    expect(await openHolds(db, owner)).toEqual([]);
  });

  test("let go and sent, it is asked about anew when the prices fall as far again", async () => {
    await releaseHold(db, owner, await theHold(), access.clock());
    await settle();
    rivalsAt(0.75);
    twin.advance({ ms: 5 * MINUTE });
    await run();
    expect(await settle()).toBe(0);
    expect(await openHolds(db, owner)).toMatchObject([{ drops: MANY, waiting: MANY }]);
  });

  test("refused, nothing of it is sent, however often the market is looked at", async () => {
    await rejectHold(db, owner, await theHold(), access.clock());
    await run();
    await run();
    expect(await db.$count(decisions)).toBe(MANY);
    for (let look = 0; look < 3; look += 1) {
      twin.advance({ ms: 10 * MINUTE });
      await run();
      expect(await settle()).toBe(0);
    }
    expect(await states()).toEqual(["refused"]);
  });

  test("refused, prices that do not go as far are sent, and those that do once the seller changes something", async () => {
    await rejectHold(db, owner, await theHold(), access.clock());
    const [first, second] = shelf;
    if (!first || !second) throw new Error("the shop is empty");
    rivalsAt(0.93, [first]);
    twin.advance({ ms: 10 * MINUTE });
    const floor = tenge(Math.ceil((starts[1] ?? 0) * 0.6));
    await setLimits(db, owner, second.productId, { floor }, access.clock());
    await run();
    expect(await settle()).toBe(2);
    expect(first.kaspiPrice()).toBe(Math.ceil((starts[0] ?? 0) * 0.93) - 1);
    expect(second.kaspiPrice()).toBe(Math.ceil((starts[1] ?? 0) * 0.88) - 1);
  });

  test("stays held while its products are looked at again: what is decided anew joins it", async () => {
    const holdId = await theHold();
    rivalsAt(0.87, shelf.slice(0, 10));
    twin.advance({ ms: 10 * MINUTE });
    await run();
    expect(await settle()).toBe(0);
    const held = await db.select().from(decisions).where(eq(decisions.state, "held"));
    expect(new Set(held.map((row) => row.holdId))).toEqual(new Set([holdId]));
    expect(held).toHaveLength(MANY);
  });

  test("is not forgotten because the market could not be read once", async () => {
    twin.setFault({ name: "server_error", at: ["offers"] });
    twin.advance({ ms: 10 * MINUTE });
    await run();
    twin.clearFaults();
    expect(await db.$count(decisions, eq(decisions.state, "held"))).toBe(MANY);
    twin.advance({ ms: 60 * MINUTE });
    await run();
    expect(await settle()).toBe(0);
    expect(await db.$count(decisions, eq(decisions.state, "held"))).toBe(MANY);
  });

  test("lets itself be forgotten when the rivals have come back", async () => {
    rivalsAt(1.2, shelf);
    twin.advance({ ms: 10 * MINUTE });
    await run();
    expect(await openHolds(db, owner)).toEqual([]);
    expect(await db.$count(notices, isNull(notices.resolvedAt))).toBe(0);
    expect(await db.select().from(priceHolds)).toMatchObject([{ answer: "lifted" }]);
  });
});

describe("the last hour", () => {
  /** One product at a time: no run has ten changes. */
  async function oneByOne(share: number, products: Handle[]): Promise<void> {
    for (const one of products) {
      rivalsAt(share, [one]);
      await one.check();
    }
  }

  test("counts, too: the tenth small run holds whatever has not left", async () => {
    await oneByOne(0.88, shelf.slice(0, 9));
    expect(await states()).toEqual(["pending"]);
    await oneByOne(0.88, shelf.slice(9, 10));
    expect(await states()).toEqual(["held"]);
    expect(await openHolds(db, owner)).toMatchObject([{ scope: "hour", drops: 10, waiting: 10 }]);
    expect(await settle()).toBe(0);
  });

  test("sees a price that falls step by step", async () => {
    for (const share of [0.96, 0.93, 0.91])
      for (const one of shelf.slice(0, 10)) {
        rivalsAt(share, [one]);
        await one.check();
        if (share > 0.91) await settle();
      }
    expect(await openHolds(db, owner)).toEqual([]);
    await oneByOne(0.88, shelf.slice(0, 10));
    expect(await openHolds(db, owner)).toMatchObject([{ scope: "hour", drops: 10 }]);
  });

  test("begins anew after a person has answered", async () => {
    await oneByOne(0.88, shelf.slice(0, 10));
    await releaseHold(db, owner, await theHold(), access.clock());
    expect(await settle()).toBe(10);
    twin.advance({ ms: MINUTE });
    await oneByOne(0.96, shelf.slice(10));
    expect(await settle()).toBe(MANY - 10);
  });

  test("does not begin anew with a question that the market has taken back", async () => {
    await oneByOne(0.88, shelf.slice(0, 9));
    expect(await settle()).toBe(9);
    await oneByOne(0.88, shelf.slice(9, 10));
    await oneByOne(1.2, shelf.slice(9, 10));
    expect(await openHolds(db, owner)).toEqual([]);
    await oneByOne(0.88, shelf.slice(10, 11));
    expect(await settle()).toBe(0);
    expect(await openHolds(db, owner)).toMatchObject([{ scope: "hour", drops: 10, waiting: 1 }]);
  });

  test("is an hour long", async () => {
    await oneByOne(0.88, shelf.slice(0, 9));
    expect(await settle()).toBe(9);
    twin.advance({ ms: 61 * MINUTE });
    await oneByOne(0.88, shelf.slice(9, 10));
    expect(await settle()).toBe(1);
  });
});

describe("a run that has not ended", () => {
  test("sends nothing yet", async () => {
    rivalsAt(0.95, shelf.slice(0, 3));
    await run();
    await db.update(pricingRuns).set({ finishedAt: null });
    expect(await settle()).toBe(0);
    await db.update(pricingRuns).set({ finishedAt: access.clock() });
    expect(await settle()).toBe(3);
  });

  test("and never does, is judged and ended by the next one", async () => {
    rivalsAt(0.88, shelf);
    await run();
    // As if its process had died before the last step.
    await db.update(pricingRuns).set({ finishedAt: null });
    await db.update(decisions).set({ state: "pending", holdId: null, stateReason: null });
    await db.delete(priceHolds);
    twin.advance({ ms: MINUTE });
    expect(await settle()).toBe(0);
    expect(await states()).toEqual(["pending"]);
    twin.advance({ ms: 2 * MINUTE });
    expect(await settle()).toBe(0);
    expect(await states()).toEqual(["held"]);
    const unfinished = and(eq(pricingRuns.storeId, storeId), isNull(pricingRuns.finishedAt));
    expect(await db.$count(pricingRuns, unfinished)).toBe(0);
  });
});
