import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { dispatch } from "@/lib/cli/dispatch";
import { tenge } from "@/lib/core/money";
import { DAY, later } from "@/lib/core/time";
import { decisions, ledgerCheckpoints, ledgerHeads } from "@/lib/db/schema/repricing";
import { setPriceByHand } from "@/lib/repricing/set-price";
import { undoRun } from "@/lib/repricing/undo";
import { verifyLedgers } from "@/lib/repricing/verify-ledger";
import { forgetOld } from "@/lib/retention/forget-old";
import { type Goods, goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

// Seconds on an idle machine; a busy one must not make them fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
let storeId = "";
const shelf: Goods[] = [];

/** A shop that has lived a little: prices followed, floors met, markets unread, hands at work, one undo. */
beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  shelf.push(...(await goodsOnSale(office, storeId, store.merchantId)));
  for (const one of shelf.slice(0, 5)) {
    const goods = handle(office, one);
    const start = goods.kaspiPrice();
    await goods.watch({ floor: Math.ceil(start * 0.9) });
    for (const share of [0.99, 0.95, 0.5, 1.4]) {
      goods.rivals(Math.round(start * share));
      await goods.cycle();
    }
    const hand = { price: tenge(Math.round(start * 0.96)), hold: false, confirm: true };
    await setPriceByHand(db, owner, one.productId, hand, access.clock());
    await goods.publish();
    twin.advance({ ms: 120_000 });
  }
  const [first] = shelf;
  if (!first) throw new Error("the shop is empty");
  const goods = handle(office, first);
  goods.rivals(Math.round(goods.kaspiPrice() * 0.97));
  await goods.cycle();
  const [last] = (await goods.history()).slice(-1);
  await undoRun(db, owner, last?.runId ?? "", access.clock());
  await goods.publish();
});

const ledger = () =>
  db.select().from(decisions).where(eq(decisions.storeId, storeId)).orderBy(asc(decisions.seq));

async function verdict() {
  const [one] = await verifyLedgers(db, { storeId });
  if (!one) throw new Error("the store has no ledger");
  return one;
}

class Untouched extends Error {}

/** Does it, verifies, and takes it back. */
async function flawsOnce(
  forge: (tx: Parameters<Parameters<typeof db.transaction>[0]>[0]) => unknown,
) {
  let found: Awaited<ReturnType<typeof verdict>>["flaws"] = [];
  await db
    .transaction(async (tx) => {
      await forge(tx);
      // The check opens a transaction of its own: inside this one it is a part of it.
      const [one] = await verifyLedgers(tx as never, { storeId });
      found = one?.flaws ?? [];
      throw new Untouched();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Untouched)) throw error;
    });
  return found;
}

describe("a ledger", () => {
  test("that nobody touched is whole, and every decision of a bot comes out the same again", async () => {
    const rows = await ledger();
    const { flaws, checked, head, prunedTo } = await verdict();
    expect(flaws).toEqual([]);
    expect(head.seq).toBe(rows.length);
    expect(prunedTo).toBe(0);
    const byPeople = rows.filter(({ origin }) => origin !== "bot").length;
    expect(byPeople).toBe(6);
    expect(checked).toEqual({
      replayed: rows.length - byPeople,
      by_person: byPeople,
      older_rules: 0,
      market_gone: 0,
    });
  });

  test.each<[string, string]>([
    ["id", "gen_random_uuid()"],
    ["run_id", "(select id from pricing_runs r where r.id <> d.run_id limit 1)"],
    ["product_id", "(select id from products p where p.id <> d.product_id limit 1)"],
    ["city_id", "'710000000'"],
    ["origin", "'manual'"],
    ["actor_id", "gen_random_uuid()"],
    ["kind", "'skip'"],
    ["reason", "'matched'"],
    ["params", "'{}'"],
    ["trail", `'[{"clamp":"floor","before":1,"after":2}]'`],
    ["price_before", "price_before + 1"],
    ["price", "coalesce(price, 0) + 1"],
    ["observation_id", "gen_random_uuid()"],
    ["inputs", "replace(inputs, 'true', 'false')"],
    ["inputs_hash", "hash"],
    ["rules_version", "1"],
    ["previous_hash", "hash"],
    ["hash", "previous_hash"],
    ["dry_run", "true"],
    ["decided_at", "decided_at + interval '1 second'"],
    ["seq", "1000000"],
  ])("of which one decision's %s was changed is no longer whole", async (column, value) => {
    const target = (await ledger()).find(({ origin, price, seq }) => {
      return origin === "bot" && price !== null && seq > 3;
    });
    const flaws = await flawsOnce((tx) =>
      tx.execute(
        sql`update decisions d set ${sql.raw(column)} = ${sql.raw(value)} where id = ${target?.id}`,
      ),
    );
    expect(flaws.length).toBeGreaterThan(0);
    expect(flaws[0]?.seq).toBeGreaterThanOrEqual(target?.seq ?? 0);
    expect(flaws[0]?.seq).toBeLessThanOrEqual((target?.seq ?? 0) + 1);
    expect((await verdict()).flaws).toEqual([]);
  });

  test.each<[string, (rows: { id: string }[]) => string | undefined, string]>([
    ["first", (rows) => rows[0]?.id, "gap"],
    ["tenth", (rows) => rows[9]?.id, "gap"],
    ["last", (rows) => rows.at(-1)?.id, "end"],
  ])("from which the %s decision was taken is no longer whole", async (_, choose, why) => {
    const id = choose(await ledger()) ?? "";
    const flaws = await flawsOnce((tx) => tx.delete(decisions).where(eq(decisions.id, id)));
    expect(flaws.map((flaw) => flaw.why)).toContain(why);
  });

  test("whose market was forged comes out otherwise", async () => {
    const row = (await ledger()).find(({ reason }) => reason === "undercut");
    const flaws = await flawsOnce((tx) =>
      tx.execute(sql`update market_observations
        set offers = replace(offers::text, '"preorderDays": 0', '"preorderDays": 9')::jsonb
        where id = ${row?.observationId}`),
    );
    expect(flaws).toContainEqual({ seq: row?.seq, why: "differs" });
  });

  test("whose markets are no longer kept is checked by its hashes", async () => {
    let gone = 0;
    await db
      .transaction(async (tx) => {
        await tx.execute(sql`delete from market_observations`);
        const [one] = await verifyLedgers(tx as never, { storeId });
        expect(one?.flaws).toEqual([]);
        gone = one?.checked.market_gone ?? 0;
        throw new Untouched();
      })
      .catch(() => {});
    expect(gone).toBeGreaterThan(10);
  });
});

describe("a ledger whose oldest decisions were forgotten", () => {
  const sweep = (days: number) =>
    forgetOld(
      { db, clock: () => later(access.clock(), days * DAY) },
      { marketDays: 3_650, historyDays: 3_650, decisionDays: 180 },
      { batch: 3 },
    );

  beforeEach(async () => {
    await db.update(decisions).set({ state: "confirmed" }).where(eq(decisions.state, "sent"));
  });

  test("keeps what is young, and what is not at its end", async () => {
    const rows = await ledger();
    await sweep(179);
    expect(await ledger()).toHaveLength(rows.length);
    const open = rows[4]?.id ?? "";
    await db.update(decisions).set({ state: "frozen" }).where(eq(decisions.id, open));
    await sweep(181);
    expect((await ledger()).map(({ seq }) => seq)[0]).toBe(5);
    expect(await verdict()).toMatchObject({ flaws: [], prunedTo: 4 });
    await db.update(decisions).set({ state: "none" }).where(eq(decisions.id, open));
  });

  test("is whole from its checkpoint on, and goes on from there", async () => {
    const { head } = await verdict();
    await sweep(181);
    expect(await ledger()).toEqual([]);
    expect(await verdict()).toMatchObject({ flaws: [], head, prunedTo: head.seq });
    const [, second] = shelf;
    if (!second) throw new Error("the shop is empty");
    const goods = handle(office, second);
    goods.rivals(Math.round(goods.kaspiPrice() * 0.98));
    await goods.cycle();
    expect((await verdict()).head.seq).toBe(head.seq + 1);
    expect((await verdict()).flaws).toEqual([]);
    expect(await goods.product()).toMatchObject({ lastDecision: { reason: expect.any(String) } });
    await db.update(ledgerCheckpoints).set({ hash: "0".repeat(64) });
    expect((await verdict()).flaws).toMatchObject([{ why: "previous" }]);
    await db.update(ledgerCheckpoints).set({ hash: head.hash });
  });
});

test("the command says so in words, as JSON, and by its exit code", async () => {
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  try {
    expect(await dispatch(["verify"])).toBe(0);
    expect(printed.join("\n")).toContain("журнал цел");
    expect(await dispatch(["verify", "--json", "--store", storeId])).toBe(0);
    expect(JSON.parse(printed.at(-1) ?? "")).toMatchObject({
      isWhole: true,
      stores: [{ storeId }],
    });
    const [end] = await db.select().from(ledgerHeads).where(eq(ledgerHeads.storeId, storeId));
    await db.update(ledgerHeads).set({ hash: "0".repeat(64) });
    expect(await dispatch(["verify"])).toBe(1);
    await db.update(ledgerHeads).set({ hash: end?.hash ?? "" });
    expect(printed.join("\n")).toContain("ЖУРНАЛ ИЗМЕНЁН");
    await expect(dispatch(["verify", "--store", "x"])).rejects.toThrow("--store");
  } finally {
    vi.restoreAllMocks();
  }
});
