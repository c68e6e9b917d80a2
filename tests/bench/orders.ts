import { DAY, later } from "@/lib/core/time";
import { LARGEST_ORDERS_PAGE, listOrders } from "@/lib/kaspi/shop-orders";
import { tokenOf } from "@/lib/kaspi-twin/shop-tokens";
import { type OrderFilter, orderFilterSchema } from "@/lib/orders/address";
import { orderCities, ordersPage, tabCounts } from "@/lib/orders/list-queries";
import { beginReading, finishReading, readFromShop } from "@/lib/orders/read-store";
import { shopOf } from "@/lib/orders/shop-of-store";
import { afterWindow, nextWindow, type Progress } from "@/lib/orders/window-rules";
import { saveToken } from "@/lib/stores/save-token";
import type { Bench, Figure } from "./figure";
import { connectStore, type Office, openOffice, syncStore } from "./office";
import { sell } from "./sales";
import { timed } from "./stopwatch";
import { controlTwin } from "./twin";

const READ = 100_000;
const LISTED = 1_000_000;
const DAYS = 360;
const LOOKS = 100;
/** One that takes seconds is looked at less often. */
const LONGEST = 20_000;
const MOST_STEPS = 200;

/** A year of orders read by token, next to fetching and parsing them alone; and the list of a million. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const { storeId, merchantId } = await connectStore(office, "demo");
  await syncStore(office, storeId);
  await givenToken(office, storeId, merchantId);
  await controlTwin(office.twin, "seedOrders", {
    ...{ merchantUid: merchantId, days: DAYS, perDay: Math.round(READ / DAYS) },
  });
  // Both meet a training Kaspi that has its orders in their order.
  await fetchBare(office, storeId);
  const fetched = () => timed(office.pids, () => fetchBare(office, storeId));
  const before = await fetched();
  const first = await timed(office.pids, () => readAll(office, storeId));
  const after = await fetched();
  const again = await timed(office.pids, () => readAll(office, storeId));
  const bare = (before.wall + after.wall) / 2_000;
  const read: Figure[] = [
    {
      what: `first reading of ${first.result} orders, wall`,
      value: first.wall / 1_000,
      unit: "s",
      target: { most: bare * 1.5 },
      baseline: { what: `fetching and parsing ${before.result} of them alone`, value: bare },
      note: `${(first.wall / 1_000 / bare).toFixed(2)} × bare; Postgres ${(first.postgres / 1_000).toFixed(1)} s`,
    },
    { what: "the next reading, the last fortnight", value: again.wall / 1_000, unit: "s" },
  ];
  await office.database.sql`delete from orders`;
  await sell(office, storeId, LISTED);
  return [...read, ...(await looked(office))];
};

async function givenToken({ access, owner }: Office, storeId: string, uid: string) {
  await saveToken(access, owner, { storeId, token: tokenOf("duken", uid) });
}

async function fetchBare({ access }: Office, storeId: string): Promise<number> {
  const ask = await shopOf(access, storeId);
  const now = access.clock();
  let progress: Progress = {
    historyFrom: later(now, -365 * DAY),
    ...{ readFrom: null, readTo: null, lateReadAt: now, lateFrom: null },
  };
  let count = 0;
  for (let window = nextWindow(progress, now); window; window = nextWindow(progress, now)) {
    const { from, until } = window;
    for (let page = 0, pages = 1; page < pages; page += 1) {
      const said = await ask((shop) => listOrders(shop, { from, until, page }));
      count += said.orders.length;
      pages = Math.ceil(said.total / LARGEST_ORDERS_PAGE);
    }
    progress = afterWindow(progress, window, now);
  }
  return count;
}

async function readAll({ access }: Office, storeId: string): Promise<number> {
  const begun = await beginReading(access, { storeId, runId: null });
  if (!begun) throw new Error("its orders cannot be read");
  const reading = { storeId, runId: null, ...begun };
  let orders = 0;
  let unreadable = 0;
  for (let nth = 1; nth <= MOST_STEPS; nth += 1) {
    const part = await readFromShop(access, reading, nth);
    orders += part.orders;
    unreadable += part.unreadable;
    if (part.isOver) break;
  }
  await finishReading(access, reading, { orders, created: 0, changed: 0, unreadable });
  return orders;
}

async function looked(office: Office): Promise<Figure[]> {
  const { access, owner } = office;
  const { db, clock } = access;
  const page = (said: Partial<OrderFilter>) => () =>
    ordersPage(db, owner, {
      filter: orderFilterSchema.parse({ tab: "all", ...said }),
      ...{ timeZone: "Asia/Almaty", limit: 50, now: clock() },
    });
  const [{ sku = "" } = {}] = await office.database.sql<{ sku: string }[]>`
    select sku from order_entries limit 1`;
  const looks: [what: string, look: () => Promise<unknown>][] = [
    ["page of orders", page({})],
    ["page of the archive in a city", page({ tab: "archive", city: "511010000" })],
    ["orders found by number", page({ q: "100500000" })],
    ["orders found by article", page({ q: sku })],
    ["orders searched by a word that is nowhere", page({ q: "нет такого" })],
    ["counters of the tabs", () => tabCounts(db, owner, undefined)],
    ["cities of the orders", () => orderCities(db, owner, undefined)],
  ];
  const figures: Figure[] = [];
  for (const [what, look] of looks) figures.push(await measured(`${what}, of ${LISTED}`, look));
  return figures;
}

async function measured(what: string, look: () => Promise<unknown>): Promise<Figure> {
  const took: number[] = [];
  const until = performance.now() + LONGEST;
  while (took.length < LOOKS && performance.now() < until) {
    const began = performance.now();
    await look();
    took.push(performance.now() - began);
  }
  took.sort((one, other) => one - other);
  const last = took.length - 1;
  const at = (share: number) => took[Math.min(last, Math.floor(took.length * share))] ?? 0;
  const note = `median ${at(0.5).toFixed(1)}, of ${took.length} looks`;
  return { what: `${what}, p99`, value: at(0.99), unit: "ms", note };
}
