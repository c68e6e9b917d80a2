import { setTimeout as sleep } from "node:timers/promises";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { Bench, Figure } from "./figure";
import { type Office, openOffice } from "./office";
import { cpuOf, memoryOf } from "./processes";
import { controlTwin } from "./twin";
import { watchedStore } from "./watched";
import { startWeb } from "./web";

const SETTLE_MS = 20_000;
const IDLE_MS = 60_000;
const PRODUCTS = 1_000;
const MINUTES = 60;
/** A contested product is looked at every five minutes. */
const PER_MINUTE = PRODUCTS / 5;

/** What the whole takes: the web with its jobs, Postgres and the training Kaspi. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const web = await startWeb(office, "in-app");
  await sleep(SETTLE_MS);
  const parts = { web: web.pid, Postgres: office.pids.postgres, twin: office.pids.twin };
  const idle = memoryOfAll("whole, memory at idle, no store connected", parts);
  const cpu = await idleCpu(parts);
  const storeId = await watchedStore(office, "demo", PRODUCTS);
  const checked = await virtualHour(office, storeId);
  const after = memoryOfAll("whole, memory after an hour of virtual work", parts);
  web.stop();
  const baseline = { what: "at idle", value: idle.value };
  const note = `${after.note}; ${checked} checks by the jobs of the web, ${PRODUCTS} products`;
  return [idle, ...cpu, { ...after, baseline, note }];
};

type Parts = Record<string, number>;

function memoryOfAll(what: string, parts: Parts): Figure {
  const sizes = Object.entries(parts).map(([name, pid]) => ({ name, size: memoryOf(pid) }));
  return {
    what,
    value: sizes.reduce((sum, { size }) => sum + size, 0),
    unit: "MB",
    note: sizes.map(({ name, size }) => `${name} ${size.toFixed(0)}`).join(", "),
  };
}

async function idleCpu(parts: Parts): Promise<Figure[]> {
  const now = () => Object.values(parts).map(cpuOf);
  const before = now();
  await sleep(IDLE_MS);
  const used = now().map((cpu, nth) => ((cpu - (before[nth] ?? 0)) / IDLE_MS) * 100);
  const names = Object.keys(parts).map((name, nth) => `${name} ${(used[nth] ?? 0).toFixed(2)}`);
  const value = used.reduce((sum, each) => sum + each, 0);
  const what = "whole, CPU at idle, no store connected";
  return [{ what, value, unit: "% of a core", note: names.join(", ") }];
}

/**
 * Sixty minutes of pricing without waiting for them: each minute the market moves on, a fifth of the
 * products falls due, and the jobs of the web do what they do on their tick.
 */
async function virtualHour({ database, twin, access }: Office, storeId: string) {
  const { sql, db } = database;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    await controlTwin(twin, "advance", { ms: 60_000 });
    const now = access.clock().toISOString();
    await sql`
      update product_cities set next_check_at = ${now} where product_id in (
        select id from products join product_cities on product_id = id where bot_enabled
        order by last_checked_at nulls first limit ${PER_MINUTE})`;
    // An event that comes while the store's run is ending is dropped: it is asked for until done.
    for (let waiting = true; waiting; ) {
      await emit(db, [events.repriceRequested.create({ storeId })]);
      await sleep(250);
      const [due] = await sql<{ due: number }[]>`
        select count(*)::int as due from product_cities join products on id = product_id
        where bot_enabled and next_check_at <= ${now}`;
      waiting = (due?.due ?? 0) > 0;
    }
  }
  const [run] = await sql<
    { checked: number }[]
  >`select sum(checked)::int as checked from pricing_runs`;
  return run?.checked ?? 0;
}
