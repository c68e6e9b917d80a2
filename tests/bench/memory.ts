import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, Figure } from "./figure";
import { connectStore, type Office, openOffice } from "./office";
import { cpuOf, memoryOf, mostMemoryOf } from "./processes";
import { syncByJobs, virtualHour } from "./virtual-hour";
import { watchProducts } from "./watched";
import { startWeb, type Web } from "./web";

const SETTLE_MS = 20_000;
const IDLE_MS = 60_000;

/** A contested product is looked at every five minutes; one exit reads 8 a second, 480 a minute. */
const stores = [
  { shop: "demo", products: 1_000, perMinute: 200 },
  { shop: "big", products: 50_000, perMinute: 480 },
];

/** What the application takes, its jobs included; Postgres and the training Kaspi stand beside it. */
export const bench: Bench = async () => {
  const figures: Figure[] = [];
  for (const store of stores) {
    const office = await openOffice();
    const web = await startWeb(office, "in-app");
    await sleep(SETTLE_MS);
    const idle = memory("application, memory at idle, no store connected", web, office);
    if (figures.length === 0) figures.push(idle, ...(await idleWork(web, office)));
    const { storeId } = await connectStore(office, store.shop);
    await syncByJobs(office, storeId);
    await watchProducts(office, storeId, store.products);
    const checked = await virtualHour(office, storeId, store.perMinute);
    await sleep(SETTLE_MS);
    const what = `application, memory after a sync and an hour of ${store.products} products`;
    const after = memory(what, web, office);
    const note = `${after.note}; ${checked} checks, no pace; most at once ${mostMemoryOf(web.pid).toFixed(0)}`;
    figures.push({ ...after, note, baseline: { what: "at idle", value: idle.value } });
    web.stop();
  }
  return figures;
};

function memory(what: string, web: Web, { pids }: Office): Figure {
  const beside = `Postgres ${memoryOf(pids.postgres).toFixed(0)}, twin ${memoryOf(pids.twin).toFixed(0)}`;
  return { what, value: memoryOf(web.pid), unit: "MB", note: beside };
}

/** What the application does when there is nothing to do. */
async function idleWork(web: Web, { pids, database }: Office): Promise<Figure[]> {
  const transactions = async () => {
    const [row] = await database.sql<{ done: number }[]>`
      select (xact_commit + xact_rollback)::int as done from pg_stat_database
      where datname = current_database()`;
    return row?.done ?? 0;
  };
  const now = async () => ({
    web: cpuOf(web.pid),
    postgres: cpuOf(pids.postgres),
    done: await transactions(),
  });
  const before = await now();
  await sleep(IDLE_MS);
  const after = await now();
  const share = (from: number, to: number) => ((to - from) / IDLE_MS) * 100;
  return [
    {
      what: "application, CPU at idle, no store connected",
      value: share(before.web, after.web),
      unit: "% of a core",
      target: { most: 1 },
      note: `Postgres ${share(before.postgres, after.postgres).toFixed(2)}`,
    },
    {
      what: "application, queries at idle, no store connected",
      value: ((after.done - before.done) / IDLE_MS) * 1000,
      unit: "per second",
    },
  ];
}
