import { randomUUID } from "node:crypto";
import { createApiKey } from "@/lib/auth/api-keys";
import type { Bench, Figure } from "./figure";
import { type Flood, flood } from "./flood";
import { multiply } from "./many-products";
import { openOffice } from "./office";
import { watchedStore } from "./watched";
import { startWeb } from "./web";

const WATCHED = 100;
const COPIES = 50;
const CONNECTIONS = 32;
const MS = Number(process.env.BENCH_MS ?? 20_000);
const LIST = "/api/v1/products/?bot_active=true&ordering=-price";

/** The public API over 50,000 products beside a route that answers with nothing, on the same server. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const storeId = await watchedStore(office, "demo", WATCHED);
  await multiply(office, storeId, COPIES);
  const { db, sql } = office.database;
  await sql`vacuum analyze`;
  const wanted = { name: "bench", scopes: ["read" as const], lifeMs: null, perSecond: 0 };
  const key = await createApiKey(db, office.owner.id, wanted, { by: null, now: new Date() });
  const ids = await sql<{ id: string }[]>`select id from products order by id limit 1000`;
  const web = await startWeb(office, "off");
  const pids = { web: web.pid, postgres: office.pids.postgres };
  const run = (pathOf: () => string) =>
    flood(web.url, { connections: CONNECTIONS, ms: MS, key, pathOf, pids });
  const one = () => `/api/v1/products/${ids[Math.floor(Math.random() * ids.length)]?.id}/`;
  const bare = await run(() => `/bench-bare?${randomUUID()}`);
  const list = await run(() => LIST);
  const single = await run(one);
  const again = await run(() => `/bench-bare?${randomUUID()}`);
  web.stop();
  return [
    ...figures("list of 50 out of 50,000", list, bare, 0.45),
    ...figures("single product", single, bare, 0.6),
    {
      what: "bare route, a second time",
      value: again.perSecond,
      unit: "requests/s",
      note: `before: ${bare.perSecond.toFixed(0)}; memory of the web ${again.memory.toFixed(0)} MB`,
    },
  ];
};

function figures(what: string, seen: Flood, bare: Flood, share: number): Figure[] {
  const cost = `CPU per request: web ${seen.webMs.toFixed(2)} ms (bare ${bare.webMs.toFixed(2)}), Postgres ${seen.postgresMs.toFixed(2)} ms`;
  return [
    {
      what: `${what}, ${CONNECTIONS} connections`,
      value: seen.perSecond,
      unit: "requests/s",
      target: { least: bare.perSecond * share },
      baseline: { what: "bare route", value: bare.perSecond },
      note: `${((100 * seen.perSecond) / bare.perSecond).toFixed(0)} % of bare; ${cost}; memory ${seen.memory.toFixed(0)} MB, ${seen.grown.toFixed(0)} MB more than at its middle`,
    },
    {
      what: `${what}, p99`,
      value: seen.p99,
      unit: "ms",
      target: { most: bare.p99 * 3 },
      baseline: { what: "bare route", value: bare.p99 },
      note: `p50 ${seen.p50.toFixed(1)} ms`,
    },
  ];
}
