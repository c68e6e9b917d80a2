import { Pool } from "undici";
import { createApiKey } from "@/lib/auth/api-keys";
import type { Bench } from "./figure";
import { multiply } from "./many-products";
import { type Office, openOffice } from "./office";
import { memoryOf } from "./processes";
import { watchedStore } from "./watched";
import { startWeb, type Web } from "./web";

const CONNECTIONS = 200;
const WRITERS = 40;
const PACED = 10;
const MS = Number(process.env.BENCH_MS ?? 60_000);
const PACE = { perSecond: 20, burst: 40 };
const PAGE_EVERY_MS = 500;

type Answer = { status: number; ms: number };

/** Two hundred connections that read and write, keys that send more than they may, and a person at work. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const storeId = await watchedStore(office, "demo", 100);
  await multiply(office, storeId, 50);
  const { sql } = office.database;
  await sql`vacuum analyze`;
  const rows = await sql<{ id: string }[]>`select id from products order by id limit 2000`;
  const ids = rows.map(({ id }) => id);
  const free = await keyOf(office, 0);
  const paced = await Promise.all(Array.from({ length: PACED }, () => keyOf(office, null)));
  const web = await startWeb(office, "off");
  const quiet = await pages(web, MS / 6);
  const before = memoryOf(web.pid);
  const pool = new Pool(web.url, { connections: CONNECTIONS });
  const end = performance.now() + MS;
  const written = new Map<string, number>();
  const answers: Answer[] = [];
  const ofPaced = paced.map(() => 0);

  async function ask(key: string, method: "GET" | "PATCH", path: string, body?: object) {
    const began = performance.now();
    const { statusCode, body: answer } = await pool.request({
      path,
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    await answer.dump();
    answers.push({ status: statusCode, ms: performance.now() - began });
    return statusCode;
  }
  const until = async (work: () => Promise<void>) => {
    while (performance.now() < end) await work();
  };
  const any = () => ids[Math.floor(Math.random() * ids.length)] ?? "";
  const reader = () =>
    until(async () => {
      const isList = Math.random() < 0.2;
      const list = `/api/v1/products/?bot_active=true&ordering=-price&page=${1 + Math.floor(Math.random() * 20)}`;
      await ask(free, "GET", isList ? list : `/api/v1/products/${any()}/`);
    });
  const writer = (nth: number) =>
    until(async () => {
      // Each has products of its own: whose is the last word is then known.
      const own = ids.filter((_, at) => at % WRITERS === nth);
      const id = own[Math.floor(Math.random() * own.length)] ?? "";
      const cost = 1 + Math.floor(Math.random() * 1_000);
      const status = await ask(free, "PATCH", `/api/v1/products/${id}/`, { cost });
      if (status === 200) written.set(id, cost);
    });
  const hasty = (key: string, nth: number) =>
    until(async () => {
      if ((await ask(key, "GET", `/api/v1/products/${any()}/`)) === 200)
        ofPaced[nth] = (ofPaced[nth] ?? 0) + 1;
    });
  const [viewed] = await Promise.all([
    pages(web, MS),
    ...Array.from({ length: WRITERS }, (_, nth) => writer(nth)),
    ...paced.map(hasty),
    ...Array.from({ length: CONNECTIONS - WRITERS - PACED }, reader),
  ]);
  const after = memoryOf(web.pid);
  const lost = await lostOf(office, written);
  await pool.close();
  web.stop();
  const failed = answers.filter(({ status }) => status >= 500).length;
  const most = PACE.burst + (MS / 1000 + 1) * PACE.perSecond;
  const times = answers.map(({ ms }) => ms).sort((one, other) => one - other);
  return [
    {
      what: `answers of 500 and above, ${CONNECTIONS} connections`,
      value: failed,
      unit: "answers",
      target: { most: 0 },
      note: `of ${answers.length} in ${MS / 1000} s; p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`,
    },
    {
      what: "writes that were acknowledged and are not there",
      value: lost,
      unit: "products",
      target: { most: 0 },
      note: `of ${written.size} written`,
    },
    {
      what: "most requests of a paced key",
      value: Math.max(...ofPaced),
      unit: "requests",
      target: { most },
      note: `least ${Math.min(...ofPaced)}; ${PACE.perSecond} a second after ${PACE.burst} at once`,
    },
    {
      what: "products page of the office beside it, p95",
      value: at(viewed, 0.95),
      unit: "ms",
      baseline: { what: "alone", value: at(quiet, 0.95) },
      note: `p50 ${at(viewed, 0.5)} ms (alone ${at(quiet, 0.5)}); memory ${before.toFixed(0)} → ${after.toFixed(0)} MB`,
    },
  ];
};

const at = (sorted: number[], share: number) =>
  Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);

function keyOf({ database: { db }, owner }: Office, perSecond: number | null): Promise<string> {
  const scopes: ("read" | "write")[] = ["read", "write"];
  const wanted = { name: "bench", scopes, lifeMs: null, perSecond };
  return createApiKey(db, owner.id, wanted, { by: null, now: new Date() });
}

/** How long the products page took, each time it was looked at, the shortest first. */
async function pages(web: Web, ms: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const began = performance.now();
    const answer = await fetch(`${web.url}/products`, { headers: { cookie: web.cookie } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`/products: ${answer.status}`);
    times.push(performance.now() - began);
    const rest = PAGE_EVERY_MS - (performance.now() - began);
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
  }
  return times.sort((one, other) => one - other);
}

async function lostOf({ database: { sql } }: Office, written: ReadonlyMap<string, number>) {
  const rows = await sql<{ id: string; cost: number | null }[]>`
    select id, cost from products where id = any(${[...written.keys()]}::uuid[])`;
  return rows.filter(({ id, cost }) => cost !== written.get(id)).length;
}
