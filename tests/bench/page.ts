import type { Bench, Figure } from "./figure";
import { type Load, scriptsOf, view } from "./load";
import { multiply } from "./many-products";
import { type Office, openOffice } from "./office";
import { watchedStore } from "./watched";
import { startWeb } from "./web";

const WATCHED = 100;
const COPIES = 50;
const DECISIONS = 1_000_000;

/** The list of products over 50,000 rows, as a browser asks for it. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const storeId = await watchedStore(office, "demo", WATCHED);
  await multiply(office, storeId, COPIES);
  const web = await startWeb(office, "off");
  const views = (page: string) => view(web, office.pids.postgres, page);
  const empty = await views("/bench-empty");
  const shell = await views("/bench-shell");
  const list = await views("/products");
  const scripts = await scriptsOf(web, "/products");
  const emptyScripts = await scriptsOf(web, "/bench-empty");
  await decide(office, storeId);
  const crowded = await views("/products");
  web.stop();
  return [
    ...figuresOf("50,000 products", list, empty, shell),
    ...figuresOf("50,000 products, 1,000,000 decisions", crowded, empty, shell),
    {
      what: "products page, scripts, packed",
      value: scripts.packed,
      unit: "KB",
      target: { most: 200 },
      baseline: { what: "empty page", value: emptyScripts.packed },
      note: `${scripts.plain.toFixed(0)} KB unpacked`,
    },
  ];
};

function figuresOf(over: string, list: Load, empty: Load, shell: Load): Figure[] {
  return [
    {
      what: `products page, CPU per view, ${over}`,
      value: list.cpu,
      unit: "ms",
      target: { most: empty.cpu * 4 },
      baseline: { what: "empty dynamic page", value: empty.cpu },
      note: `${(list.cpu / empty.cpu).toFixed(1)} × empty; the same shell with nothing in it: ${shell.cpu.toFixed(1)} ms; ${(list.bytes / 1024).toFixed(0)} KB of HTML`,
    },
    {
      what: `products page, p50, ${over}`,
      value: list.p50,
      unit: "ms",
      baseline: { what: "empty dynamic page", value: empty.p50 },
      note: `p99 ${list.p99.toFixed(0)} ms (empty ${empty.p99.toFixed(0)} ms), 4 at a time`,
    },
    {
      what: `products page, ${over}`,
      value: list.perSecond,
      unit: "views/s",
      baseline: { what: "empty dynamic page", value: empty.perSecond },
    },
  ];
}

/** Twenty decisions for every product, the last of each known to its row. */
async function decide({ database: { sql } }: Office, storeId: string): Promise<void> {
  await sql`
    insert into decisions (store_id, product_id, city_id, origin, kind, reason, params, trail,
      price_before, price, inputs, inputs_hash, rules_version, seq, previous_hash, hash, state, decided_at)
    select ${storeId}, product_id, city_id, 'bot', 'change', 'undercut', 
      '{"current": 1000, "price": 999, "floor": 900, "ceiling": 1200, "preorders": 0, "rivals": 3, "rival": 1000}',
      '[]', 1000, 999, '{}', '', 1, nth * 1000000 + row_number() over (order by product_id), '', '',
      'confirmed', now() - make_interval(hours => 20 - nth)
    from product_cities cross join generate_series(1, ${DECISIONS / 50_000}::int) as nth
    where store_id = ${storeId}`;
  await sql`
    update product_cities set last_decision_id = newest.id
    from (select distinct on (product_id) product_id, id from decisions
      order by product_id, decided_at desc) newest
    where newest.product_id = product_cities.product_id`;
  await sql`vacuum analyze`;
}
