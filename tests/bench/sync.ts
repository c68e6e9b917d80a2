import { Agent, fetch } from "undici";
import { inCabinet } from "@/lib/accounts/cabinet";
import { cabinetHeaders } from "@/lib/kaspi/headers";
import { cookieHeader } from "@/lib/kaspi/session";
import type { Bench } from "./figure";
import { connectStore, type Office, openOffice, syncStore } from "./office";
import { type Spent, timed } from "./stopwatch";

const PAGE_SIZE = 100;

export const bench: Bench = async () => {
  const office = await openOffice();
  await office.database.sql`select 1`;
  const { storeId, merchantId } = await connectStore(office, "big");
  const cookie = await cookieOf(office);
  // Both meet a training Kaspi that has its offers ready.
  await fetchBare(office, merchantId, cookie);
  const fetched = () => timed(office.pids, () => fetchBare(office, merchantId, cookie));
  const before = await fetched();
  globalThis.gc?.();
  const memory = watchMemory();
  const first = await timed(office.pids, () => syncStore(office, storeId));
  const peak = memory.stop();
  const between = await fetched();
  const second = await timed(office.pids, () => syncStore(office, storeId));
  const after = await fetched();
  const [bare, bareAgain] = [mean(before, between), mean(between, after)];
  const baseline = (value: number) => ({
    what: "bare client, same pages, mean of before and after",
    value,
  });
  const seconds = (ms: number) => ms / 1000;
  return [
    {
      what: `first sync of ${first.result} offers, wall`,
      value: seconds(first.wall),
      unit: "s",
      target: { most: seconds(bare.wall) * 1.5 },
      baseline: baseline(seconds(bare.wall)),
      note: `${(first.wall / bare.wall).toFixed(2)} × bare; pages ${before.result}`,
    },
    {
      what: "first sync, own CPU",
      value: seconds(first.own),
      unit: "s",
      baseline: baseline(seconds(bare.own)),
      note: `Postgres ${seconds(first.postgres).toFixed(1)} s, twin ${seconds(first.twin).toFixed(1)} s (bare: twin ${seconds(bare.twin).toFixed(1)} s)`,
    },
    {
      what: "repeated sync, wall",
      value: seconds(second.wall),
      unit: "s",
      target: { most: seconds(bareAgain.wall) * 1.5 },
      baseline: baseline(seconds(bareAgain.wall)),
      note: `${(second.wall / bareAgain.wall).toFixed(2)} × bare; own CPU ${seconds(second.own).toFixed(1)} s, Postgres ${seconds(second.postgres).toFixed(1)} s`,
    },
    { what: "sync, worker memory over idle", value: peak, unit: "MB", target: { most: 400 } },
  ];
};

const cookieOf = ({ access, database }: Office) =>
  database.sql<{ id: string }[]>`select id from kaspi_accounts`.then(([account]) =>
    inCabinet(access, account?.id ?? "", async ({ jar }) => {
      const url = new URL("/bff/offer-view/list", "https://mc.shop.kaspi.kz");
      return cookieHeader(jar, url).Cookie ?? "";
    }),
  );

/** Others work on the machine, too, now more and now less: what is compared stands in between. */
const mean = (one: Spent, other: Spent): Spent => ({
  wall: (one.wall + other.wall) / 2,
  own: (one.own + other.own) / 2,
  postgres: (one.postgres + other.postgres) / 2,
  twin: (one.twin + other.twin) / 2,
});

/** The least a client can do: the pages one after another over one kept connection, parsed. */
async function fetchBare({ twin }: Office, merchantUid: string, cookie: string): Promise<number> {
  const dispatcher = new Agent({ connections: 1, pipelining: 1 });
  let pages = 0;
  for (const onSale of ["true", "false"]) {
    for (let page = 0, left = PAGE_SIZE; left === PAGE_SIZE; page += 1, pages += 1) {
      const query = new URLSearchParams({
        m: merchantUid,
        p: String(page),
        l: String(PAGE_SIZE),
        a: onSale,
      });
      const answer = await fetch(`${twin.urls.cabinet}/bff/offer-view/list?${query}`, {
        dispatcher,
        headers: { ...cabinetHeaders, cookie },
      });
      left = (JSON.parse(await answer.text()) as { data: unknown[] }).data.length;
    }
  }
  await dispatcher.close();
  return pages;
}

/** The most this process holds beyond what it held at the beginning. Megabytes. */
function watchMemory(): { stop(): number } {
  const held = () => process.memoryUsage.rss() / 1024 / 1024;
  const idle = held();
  let most = idle;
  const timer = setInterval(() => {
    most = Math.max(most, held());
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return most - idle;
    },
  };
}
