import { hashOf, newToken } from "@/lib/auth/one-time-token";
import { makeList } from "@/lib/price-list/make-list";
import { serveFeed } from "@/lib/price-list/serve-feed";
import type { Bench, Figure } from "./figure";
import { multiply } from "./many-products";
import { connectStore, type Office, openOffice, syncStore } from "./office";
import { timed } from "./stopwatch";

/** Of the demo shop's thousand products. */
const COPIES = 50;
const CITIES = ["750000000", "710000000", "511010000", "351010000", "151010000"];
const MB = 1024 * 1024;
const ASKED = 3_000;
const AT_ONCE = 32;

/** The full price list of 50,000 offers in five cities: made, judged, packed and kept; and asked for again. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const { storeId } = await connectStore(office, "demo");
  await syncStore(office, storeId);
  await multiply(office, storeId, COPIES);
  const { sql } = office.database;
  await sql`update products set model = coalesce(products.model, products.name), points = one.points
    from (select points from products where points is not null limit 1) one
    where products.points is null`;
  const prices = sql.unsafe(CITIES.map((city) => `'${city}', coalesce(price, 1000)`).join(", "));
  await sql`update products set on_sale = true, city_prices = jsonb_build_object(${prices})`;
  await sql`vacuum analyze`;
  return [...(await made(office, storeId)), await unchanged(office, storeId)];
};

async function made({ access, pids }: Office, storeId: string): Promise<Figure[]> {
  const [store] = await storeOf(access, storeId);
  if (!store) throw new Error("no store");
  const making = { why: "person", by: null } as const;
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const { result, wall, own, postgres } = await timed(pids, () => makeList(access, store, making));
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage().rss);
  const size = `${(result.bytes / 1e6).toFixed(0)} MB of XML, ${result.errors} errors`;
  return [
    {
      what: `a price list of ${result.offers} offers in ${CITIES.length} cities`,
      value: wall / 1_000,
      unit: "s",
      note: `${size}; CPU ${(own / 1_000).toFixed(1)} s here, ${(postgres / 1_000).toFixed(1)} s in Postgres`,
    },
    {
      what: "the same: memory beyond what was held before",
      value: (most - before) / MB,
      unit: "MB",
    },
  ];
}

const storeOf = async ({ db }: Office["access"], storeId: string) =>
  (
    await db.execute<{ id: string; name: string; merchantId: string }>(
      `select id, name, merchant_id as "merchantId" from stores where id = '${storeId}'`,
    )
  ).map(({ id, name, merchantId }) => ({ id, name, merchantId }));

async function unchanged(
  { access, database: { sql }, pids }: Office,
  storeId: string,
): Promise<Figure> {
  const token = newToken();
  await sql`insert into feeds (store_id, is_on, token, token_hash)
    values (${storeId}, true, ${access.vault.seal(token)}, ${hashOf(token)})`;
  const who = { token, authorization: null, isHead: false, address: "127.0.0.1", agent: null };
  const first = await serveFeed(access, { ...who, ifNoneMatch: null });
  if (first.kind !== "list") throw new Error(`not served: ${JSON.stringify(first)}`);
  const asked = { ...who, ifNoneMatch: first.etag };
  let left = ASKED;
  const askOn = async () => {
    while (left > 0) {
      left -= 1;
      const { kind } = await serveFeed(access, asked);
      if (kind !== "unchanged") throw new Error(`not unchanged: ${kind}`);
    }
  };
  const { wall } = await timed(pids, () =>
    Promise.all(Array.from({ length: AT_ONCE }, askOn)).then(() => {}),
  );
  return {
    what: "«unchanged» answers of the feed, 32 at once",
    value: ASKED / (wall / 1_000),
    unit: "1/s",
    note: "each looks whether a price has left, and is written down; without HTTP around it",
  };
}
