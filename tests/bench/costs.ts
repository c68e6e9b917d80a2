import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { costTemplate } from "@/lib/repricing/cost-floor/cost-template";
import { importCosts, previewCosts } from "@/lib/repricing/cost-floor/import-costs";
import { recomputeBatch } from "@/lib/repricing/cost-floor/recompute-floors";
import type { Bench, Figure } from "./figure";
import { multiply } from "./many-products";
import { connectStore, type Office, openOffice, syncStore } from "./office";
import { type Spent, timed } from "./stopwatch";

const COPIES = 50;

/** The costs of 50,000 products out of a workbook: looked at, saved, and their floors computed. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const { storeId } = await connectStore(office, "demo");
  await syncStore(office, storeId);
  await multiply(office, storeId, COPIES);
  await setTariffs(office);
  const { access, owner, pids } = office;
  const { db, clock } = access;
  await office.database.sql`insert into product_costs (product_id, cost, packaging, set_at, source)
    select id, greatest(1, price * 7 / 10), 50, now(), 'import' from products where price is not null`;
  const file = new Uint8Array(
    await buffer(await costTemplate(db, owner, { storeId, locale: "ru", now: clock() })),
  );
  await office.database.sql`delete from product_costs`;
  await office.database.sql`vacuum analyze`;
  const asked = { file, storeId: null, confirm: true };
  const looked = await timed(pids, () => previewCosts(db, owner, asked, clock()));
  const saved = await timed(pids, () => importCosts(db, owner, asked, clock()));
  const { runId } = saved.result;
  const computed = await timed(pids, async () => {
    while (runId && (await recomputeBatch(db, runId, clock())));
  });
  const again = await timed(pids, () => importCosts(db, owner, asked, clock()));
  const { changes, lines } = saved.result.report;
  const memory = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const of = `${changes} of ${lines} lines change something, a file of ${(file.byteLength / 1e6).toFixed(1)} MB; ${(Number(memory) / 1e3).toFixed(0)} MB at most`;
  return [
    figure("a workbook of costs looked at", looked, 5, of),
    figure("the same saved", saved, 20, of),
    figure("their floors computed", computed, 20, ""),
    figure("the same workbook once more", again, 5, ""),
  ];
};

/** CPU of all who take part, in seconds. */
function figure(what: string, { wall, own, postgres }: Spent, most: number, note: string): Figure {
  return {
    what: `50,000 products: ${what}, CPU`,
    value: (own + postgres) / 1_000,
    unit: "s",
    target: { most },
    note: `${(wall / 1_000).toFixed(1)} s on the clock, Postgres ${(postgres / 1_000).toFixed(1)} s; ${note}`,
  };
}

async function setTariffs({ database: { sql } }: Office): Promise<void> {
  const usual = {
    other: 0,
    returns: 20,
    weightGrams: 900,
    minProfit: 100,
    packaging: null,
    minMargin: null,
  };
  const bands = [0, 1_000, 3_000, 5_000, 10_000].map((priceFrom, nth) => ({
    scope: "city",
    priceFrom,
    weightTo: null,
    fee: 49 + nth * 150,
  }));
  const tariffs: [kind: string, value: object][] = [
    ["commission", { rate: 1_200 }],
    ["kaspi_pay", { rate: 95 }],
    ["tax", { rate: 300 }],
    ["delivery", { bands }],
    ["usual", { ...usual, delivery: "city" }],
  ];
  for (const [kind, value] of tariffs)
    await sql`insert into tariffs (kind, category, valid_from, value, set_at)
      values (${kind}, '', '2026-01-01', ${JSON.stringify(value)}::text::jsonb, now())`;
}
