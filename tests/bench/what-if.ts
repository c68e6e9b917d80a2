import { bulkChangeSchema, selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { previewMany, previewStoreRule } from "@/lib/repricing/bulk/preview-many";
import type { Bench, Figure } from "./figure";
import { multiply } from "./many-products";
import { type Office, openOffice } from "./office";
import { median, timed } from "./stopwatch";
import { watchedStore } from "./watched";

const WATCHED = 1_000;
const COPIES = 50;
const ROUNDS = 3;

/** What changed rules would do to 50,000 products, ten sellers on each card, before they are saved. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const storeId = await watchedStore(office, "demo", WATCHED);
  await multiply(office, storeId, COPIES);
  await observe(office);
  const { access, owner } = office;
  const rule = { strategy: { kind: "position", place: 3 }, minRating: 4.5 } as const;
  const ofStore = () => previewStoreRule(access.db, owner, storeId, rule, access.clock());
  const selection = selectionSchema.parse({ kind: "filter", choice: {}, except: [] });
  const change = bulkChangeSchema.parse({ kind: "strategy", strategy: "match" });
  const ofMany = async () => {
    const asked = { selection, change, confirm: false };
    return (await previewMany(access.db, owner, asked, access.clock())).market;
  };
  const figures = [
    await measure(office, "a store's rule, no costs", ofStore),
    await measure(office, "a bulk change, no costs", ofMany),
  ];
  await cost(office);
  figures.push(await measure(office, "a store's rule, every cost known", ofStore));
  figures.push(await measure(office, "a bulk change, every cost known", ofMany));
  return figures;
};

type Foreseen = Awaited<ReturnType<typeof previewStoreRule>>;

async function measure(
  { pids }: Office,
  what: string,
  look: () => Promise<Foreseen>,
): Promise<Figure> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await timed(pids, look));
  const wall = median(rounds.map((round) => round.wall));
  const own = median(rounds.map((round) => round.own));
  const postgres = median(rounds.map((round) => round.postgres));
  const result = rounds[0]?.result;
  return {
    what: `what-if over 50,000 products, ${what}`,
    value: wall / 1_000,
    unit: "s",
    target: { most: 3 },
    note: `${result?.decided} prices decided, ${result?.profit.products} with profit; CPU own ${own.toFixed(0)} ms, Postgres ${postgres.toFixed(0)} ms`,
  };
}

/** Ten sellers about every price. */
async function observe({ database: { sql } }: Office): Promise<void> {
  await sql`
    insert into market_observations (id, card_id, city_id, content_hash, offers, total, first_seen_at, last_seen_at)
    select product_id, coalesce(card_id, '0'), city_id, '', offers, 10, now(), now()
    from (select product_id, city_id, card_id, (select jsonb_agg(jsonb_build_object(
        'merchantId', (1000000 + (hashtext(product_id::text) % 90000) + nth)::text,
        'merchantName', 'Магазин ' || (hashtext(product_id::text) % 90000) + nth,
        'price', greatest(10, (c.price * (0.94 + nth * 0.02 + (hashtext(product_id::text) % 7) * 0.005))::int),
        'rating', 4.3 + nth * 0.05, 'reviews', (hashtext(product_id::text) % 5000) + 5000, 'delivery', 'tomorrow',
        'deliveryAt', '2026-11-22T12:00:00.000Z', 'preorderDays', nth % 5) order by nth)
      from generate_series(1, 10) as nth) as offers
      from product_cities c join products p on p.id = c.product_id) seen where offers is not null`;
  await sql`update product_cities set observation_id = product_id, observed_at = now()
    where exists (select from market_observations where id = product_id)`;
  await sql`update products set bot_enabled = true, on_sale = true, card_id = coalesce(card_id, '1'),
    floor = greatest(10, price * 9 / 10) where price is not null`;
  await sql`vacuum analyze`;
}

/** Every product's costs and every tariff. */
async function cost({ database: { sql } }: Office): Promise<void> {
  const tariffs: [kind: string, value: object][] = [
    ["commission", { rate: 1_200 }],
    ["kaspi_pay", { rate: 95 }],
    ["tax", { rate: 300 }],
    ["delivery", { bands: [0, 1_000, 3_000, 5_000, 10_000].map(bandFrom) }],
  ];
  for (const [kind, value] of tariffs)
    await sql`insert into tariffs (kind, category, valid_from, value, set_at)
      values (${kind}, '', '2026-01-01', ${JSON.stringify(value)}::text::jsonb, now())`;
  await sql`update products set cost = greatest(1, price * 7 / 10)`;
  await sql`insert into product_costs (product_id, cost, packaging, other, returns, weight_grams, delivery,
      min_profit, set_at, source)
    select id, cost, 50, 0, 20, 900, 'city', 100, now(), 'import' from products where cost is not null`;
  await sql`vacuum analyze`;
}

const bandFrom = (priceFrom: number, nth: number) => ({
  scope: "city",
  priceFrom,
  weightTo: null,
  fee: 49 + nth * 150,
});
