import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { pasteProxies } from "@/lib/exits/paste-proxies";
import { probeDueExits } from "@/lib/exits/probe-exits";
import { readMarket } from "@/lib/exits/read-market";
import { startTwinProxy } from "@/lib/kaspi-twin/proxies";
import type { Bench, Figure } from "./figure";
import { type Office, openOffice } from "./office";
import { timed } from "./stopwatch";

/** So many local proxies at this pace. Fifty at 8 a second would measure the training Kaspi. */
const pools = [
  { exits: 1, pace: 8 },
  { exits: 10, pace: 8 },
  { exits: 50, pace: 2 },
];

const SECONDS = 15;
const WARM_UP_MS = 2_000;
const market = { storeId: null, cardId: "100000000", cityId: "750000000" };

/** How much of what the exits' paces allow is really read, through real proxies with a login. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const figures: Figure[] = [];
  for (const pool of pools) figures.push(await measure(office, pool));
  return figures;
};

async function measure(office: Office, { exits, pace }: (typeof pools)[number]): Promise<Figure> {
  const { access, owner, database, pids } = office;
  const proxies = await Promise.all(
    Array.from({ length: exits }, (_, nth) =>
      startTwinProxy({
        kind: nth % 2 === 0 ? "http" : "socks5",
        login: "buyer",
        password: "p@ss:word",
        from: `127.1.${exits}.${nth + 1}`,
      }),
    ),
  );
  await database.sql`delete from exits where proxy_url is not null`;
  const lines = proxies.map(({ url }) => url).join("\n");
  const paste = { label: "Прокси", scheme: "http" as const, lines, readsPerSecond: pace };
  await pasteProxies(access, owner, paste);
  // A step tries so many and no more; the jobs go on with the rest.
  while ((await probeDueExits(access)) > 0);
  await database.sql`update exits set is_active = proxy_url is not null`;

  const enough = new AbortController();
  setMaxListeners(0, enough.signal);
  let seen = 0;
  let unseen = 0;
  const reader = async () => {
    while (!enough.signal.aborted) {
      const read = await readMarket(access, market, enough.signal).catch(() => null);
      if (read?.kind === "seen") seen += 1;
      else if (read) unseen += 1;
    }
  };
  const readers = Array.from({ length: exits * 4 }, reader);
  await pause(WARM_UP_MS);
  const { result, wall } = await timed(pids, async () => {
    const before = seen;
    await pause(SECONDS * 1_000);
    return seen - before;
  });
  enough.abort(new Error("enough"));
  await Promise.all(readers);
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  const rate = (result / wall) * 1_000;
  const allowed = exits * pace;
  return {
    what: `share of the pace of ${exits} exits`,
    value: (rate / allowed) * 100,
    unit: "%",
    target: { least: 95 },
    baseline: { what: "reads/s the pace allows", value: allowed },
    note: `${rate.toFixed(1)} reads/s, ${unseen} unseen`,
  };
}
