import { eq, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { dispatch } from "@/lib/cli/dispatch";
import { decisions, ledgerHeads } from "@/lib/db/schema/repricing";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { livedShop } from "../../support/lived-shop";
import { testOffice } from "../../support/office";

const office = await testOffice();
const { db } = office.access;
const { storeId, ledger, verdict } = await livedShop(office);

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
