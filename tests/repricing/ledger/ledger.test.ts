import { asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { decisions, marketObservations } from "@/lib/db/schema/repricing";
import type { Offer } from "@/lib/repricing/decide/model";
import { replay } from "@/lib/repricing/decide/replay-rules";
import {
  EMPTY_LEDGER,
  type LedgerEntry,
  type Outcome,
  type Seal,
} from "@/lib/repricing/ledger/ledger-rules";
import { type Goods, goodsOnSale, handle } from "../../support/goods";
import { checkChain } from "../../support/ledger-chain";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { db } = office.access;
let storeId = "";
const shelf: Goods[] = [];

/** A shop that has lived a little: prices followed, floors met, markets unread, hands at work. */
beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  shelf.push(...(await goodsOnSale(office, storeId, store.merchantId)));
  for (const [nth, one] of shelf.slice(0, 8).entries()) {
    const goods = handle(office, one);
    const start = goods.kaspiPrice();
    await goods.watch({ floor: Math.ceil(start * 0.9) });
    for (const share of [0.99, 0.95, 0.5, 1.4]) {
      goods.rivals(Math.round(start * share) + nth);
      await goods.cycle();
    }
    goods.rivals();
    await goods.cycle();
  }
});

type Row = typeof decisions.$inferSelect;

function entryOf(row: Row): LedgerEntry & Seal {
  const { storeId, productId, cityId, seq, origin, decidedAt, rulesVersion, inputs } = row;
  const { inputsHash, previousHash, hash, kind, reason, price, params, trail } = row;
  const outcome = { kind, reason, price, params, trail } as Outcome;
  const { id, runId, actorId, observationId, dryRun } = row;
  const context = { id, runId, actorId, observationId, dryRun };
  const identity = {
    ...{ ...context, storeId, productId, cityId },
    ...{ seq, origin, decidedAt, rulesVersion, inputs },
  };
  return { ...identity, outcome, inputsHash, previousHash, hash };
}

const ledger = () =>
  db.select().from(decisions).where(eq(decisions.storeId, storeId)).orderBy(asc(decisions.seq));

test("the ledger is one unbroken chain, and a changed price breaks it where it was changed", async () => {
  const entries = (await ledger()).map(entryOf);
  expect(entries.length).toBeGreaterThan(30);
  expect(checkChain(entries, EMPTY_LEDGER)).toMatchObject({ kind: "whole" });
  const forged = entries.map((entry) =>
    entry.seq === 7 ? { ...entry, outcome: { ...entry.outcome, price: null } } : entry,
  );
  expect(checkChain(forged, EMPTY_LEDGER)).toMatchObject({ kind: "broken", seq: 7 });
});

test("decided again from what is stored, every decision comes out the same", async () => {
  const observations = await db.select().from(marketObservations);
  const offersOf = new Map(observations.map((row) => [row.id, row.offers as Offer[]]));
  for (const row of await ledger()) {
    const offers = row.observationId ? (offersOf.get(row.observationId) ?? null) : null;
    expect(replay({ ...entryOf(row) }, offers)).toBe("same");
  }
});

test("a market that did not change is stored once, however often it is looked at", async () => {
  const [, , , , , , , , untouched] = shelf;
  if (!untouched) throw new Error("the shop is too small for this test");
  const goods = handle(office, untouched);
  await goods.watch({ floor: 10 });
  const looks = async () => [
    await db.$count(marketObservations, eq(marketObservations.cardId, goods.cardId)),
    await db.$count(decisions, eq(decisions.productId, goods.productId)),
  ];
  for (let n = 0; n < 3; n += 1) await goods.check();
  expect(await looks()).toEqual([1, 1]);
  goods.rivals(goods.kaspiPrice() + 500);
  await goods.check();
  expect(await looks()).toEqual([2, 2]);
});
