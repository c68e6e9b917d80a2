import { randomUUID } from "node:crypto";
import { eq, isNotNull, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { HOUR, MINUTE } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { wideChanges } from "@/lib/db/schema/safety";
import { notices } from "@/lib/db/schema/workspace";
import { changeBatch, changeMany } from "@/lib/repricing/bulk/change-many";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { rejectHold, releaseHold } from "@/lib/repricing/hold/answer-hold";
import { openHolds } from "@/lib/repricing/hold/hold-queries";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { setDefaultRule } from "@/lib/repricing/rule/set-rule";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { testOffice } from "../../support/office";
import { watchedShop } from "../../support/watched-shop";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const MANY = 14;
const shop = await watchedShop(office, MANY);
const { storeId, shelf, run, publish: send, confirm, rivalsAt } = shop;

/** The rules of many products have just been changed, and the rivals are a little cheaper. */
beforeEach(async () => {
  await shop.beginAgain();
  rivalsAt(0.97);
  await note(60);
});

const note = (changed: number) =>
  db.transaction((tx) =>
    noteWideChange(tx, {
      storeId,
      what: "store_rule",
      products: changed,
      by: owner.id,
      now: access.clock(),
    }),
  );

/** The change of many that makes these match their rivals. */
async function changeStrategy(ids: string[]): Promise<string> {
  const change = { kind: "strategy", strategy: "match" } as const;
  const request = { selection: { kind: "ids", ids }, change, confirm: true } as const;
  const runId = await changeMany(db, owner, request, access.clock());
  while (await changeBatch(db, runId, access.clock()));
  return runId;
}

const trial = async () => (await db.select().from(wideChanges)).map(({ state }) => state);

describe("after the rules of many products have changed", () => {
  test("five prices go first, and the rest when those are confirmed", async () => {
    await run();
    expect(await send()).toBe(5);
    expect(await send()).toBe(0);
    const waiting = await db.select().from(decisions).where(eq(decisions.state, "pending"));
    expect(new Set(waiting.map((row) => row.stateReason))).toEqual(new Set(["canary"]));
    await confirm();
    expect(await send()).toBe(MANY - 5);
    expect(await trial()).toEqual(["passed"]);
  });

  test("a later run waits as well, and lost ones are replaced", async () => {
    await run();
    expect(await send()).toBe(5);
    for (const one of shelf) one.rivals(Math.ceil(one.kaspiPrice() * 0.95));
    twin.advance({ ms: MINUTE });
    await run();
    expect(await send()).toBe(0);
    await confirm();
    expect(await send()).toBe(MANY);
  });

  test("what was tried out follows its market, also where too few move to end the trial", async () => {
    const movers = shelf.slice(0, 4);
    for (const one of shelf) one.rivals();
    rivalsAt(0.97, movers);
    await run();
    expect(await send()).toBe(4);
    await confirm();
    rivalsAt(0.96, movers);
    twin.advance({ ms: MINUTE });
    await run();
    expect(await send()).toBe(4);
    await confirm();
    expect(await trial()).toEqual(["open"]);
    rivalsAt(0.95);
    twin.advance({ ms: MINUTE });
    await run();
    // The four go on, and a fifth is tried out.
    expect(await send()).toBe(5);
    expect(await trial()).toEqual(["open"]);
  });

  test("a trial of few that were all confirmed is over after an hour", async () => {
    const movers = shelf.slice(0, 2);
    for (const one of shelf) one.rivals();
    rivalsAt(0.97, movers);
    await run();
    expect(await send()).toBe(2);
    await confirm();
    twin.advance({ ms: HOUR });
    rivalsAt(0.96);
    await run();
    expect(await send()).toBe(MANY);
    expect(await trial()).toEqual(["passed"]);
  });

  test("what a person sets does not wait", async () => {
    await run();
    await send();
    const waits = await db.select().from(decisions).where(eq(decisions.state, "pending"));
    const one = shelf.find(({ productId }) => productId === waits[0]?.productId);
    const hand = { price: tenge((one?.kaspiPrice() ?? 0) - 7), hold: false, confirm: true };
    await setPriceByHand(db, owner, one?.productId ?? "", hand, access.clock());
    expect(await send()).toBe(1);
    expect((await one?.history())?.at(-1)).toMatchObject({ origin: "manual", state: "sent" });
  });

  test("fifty products are not tried out", async () => {
    await db.delete(wideChanges);
    await note(50);
    await run();
    expect(await send()).toBe(MANY);
  });

  test("the parts of one change add up", async () => {
    await db.delete(wideChanges);
    const subject = randomUUID();
    const part = (changed: number) =>
      db.transaction((tx) =>
        noteWideChange(tx, {
          ...{ storeId, what: "bulk", subject, products: changed },
          ...{ by: owner.id, now: access.clock() },
        }),
      );
    await part(30);
    expect(await trial()).toEqual(["few"]);
    await part(30);
    expect(await trial()).toEqual(["open"]);
    await part(30);
    expect(await db.select().from(wideChanges)).toMatchObject([{ products: 90, state: "open" }]);
  });

  test("a change of many tries out the products it has touched; the others do not wait", async () => {
    await db.delete(wideChanges);
    const touched = shelf.slice(7).map(({ productId }) => productId);
    const subject = await changeStrategy(touched);
    await db.transaction((tx) =>
      noteWideChange(tx, {
        ...{ storeId, what: "bulk", subject, products: 60 },
        ...{ by: owner.id, now: access.clock() },
      }),
    );
    await run();
    expect(await send()).toBe(7 + 5);
    const first = await db.select().from(decisions).where(isNotNull(decisions.canaryOf));
    expect(first).toHaveLength(5);
    for (const { productId } of first) expect(touched).toContain(productId);
    await db
      .update(decisions)
      .set({ state: "rejected" })
      .where(eq(decisions.id, first[0]?.id ?? ""));
    rivalsAt(0.95, shelf.slice(0, 7));
    await confirm();
    await run();
    expect(await send()).toBe(7);
    const held = await db.select().from(decisions).where(eq(decisions.state, "held"));
    expect(held.length).toBeGreaterThan(0);
    for (const { productId } of held) expect(touched).toContain(productId);
  });

  test("a rule of the store's own is noted with all whose bot is on", async () => {
    await db.delete(wideChanges);
    await setDefaultRule(db, owner, storeId, { maxDrop: 14 }, access.clock());
    const bots = await db.$count(products, eq(products.botEnabled, true));
    expect(await db.select().from(wideChanges)).toMatchObject([
      { what: "store_rule", products: bots, state: "few", changedBy: owner.id },
    ]);
    await db.update(stores).set({ rule: {} });
  });
});

describe("when one of the first prices fails", () => {
  const HOLD = { kind: "canary", scope: null, waiting: MANY - 5 };

  beforeEach(async () => {
    await run();
    twin.setFault({ name: "write_lost" });
    expect(await send()).toBe(5);
    twin.clearFaults();
    // Decided by nobody for an hour: the others must not expire for this test.
    twin.advance({ ms: HOUR + MINUTE });
    await confirmStore(access, storeId);
    await run();
  });

  test("the rest is held for a person, and so is what is decided meanwhile", async () => {
    expect(await send()).toBe(0);
    expect(await trial()).toEqual(["failed"]);
    expect(await openHolds(db, owner)).toMatchObject([{ ...HOLD, waiting: MANY }]);
    const open = await db.select().from(notices).where(isNull(notices.resolvedAt));
    expect(open).toMatchObject([{ kind: "canary_failed", storeId }]);
    for (const one of shelf) one.rivals(Math.ceil(one.kaspiPrice() * 0.96));
    twin.advance({ ms: 10 * MINUTE });
    await run();
    expect(await send()).toBe(0);
    expect(await db.$count(decisions, eq(decisions.state, "held"))).toBe(MANY);
    expect(await db.$count(decisions, eq(decisions.state, "pending"))).toBe(0);
  });

  test("a person lets the rest go", async () => {
    await send();
    const [hold] = await openHolds(db, owner);
    await releaseHold(db, owner, hold?.id ?? "", access.clock());
    expect(await send()).toBe(MANY);
    expect(await trial()).toEqual(["passed"]);
    expect(await db.$count(notices, isNull(notices.resolvedAt))).toBe(0);
  });

  test("a person refuses: what went as far is not sent, and the rules are tried out anew", async () => {
    await send();
    const [hold] = await openHolds(db, owner);
    await rejectHold(db, owner, hold?.id ?? "", access.clock());
    expect(await send()).toBe(0);
    expect((await trial()).sort()).toEqual(["open", "replaced"]);
    for (const one of shelf) one.rivals(Math.ceil(one.kaspiPrice() * 0.99));
    twin.advance({ ms: 10 * MINUTE });
    await run();
    expect(await send()).toBe(5);
  });

  test("other rules take the question back and are tried out in their turn", async () => {
    await send();
    await note(60);
    expect(await openHolds(db, owner)).toEqual([]);
    expect((await trial()).sort()).toEqual(["open", "replaced"]);
    await run();
    expect(await send()).toBe(5);
  });
});
