import { beforeAll, expect, test } from "vitest";
import type { Tx } from "@/lib/db/client";
import {
  type CheckSubject,
  dueSubjects,
  storesDueForReprice,
} from "@/lib/repricing/check/check-queries";
import { testOffice } from "../../support/office";
import { connectedStore } from "../../support/stores";

const office = await testOffice();
const { access, database } = office;
const { db } = access;
const BIG = 50_000;
const LIMIT = 250;
const now = access.clock();
let big = "";
let small = "";

beforeAll(async () => {
  big = (await connectedStore(office)).storeId;
  small = await twinOf(big);
  await fill(big, BIG);
  await fill(small, 50);
  await database.sql`insert into decisions (store_id, product_id, city_id, origin, kind, reason, state,
      inputs, inputs_hash, rules_version, seq, previous_hash, hash, decided_at, price)
    select store_id, product_id, city_id, 'bot', 'change', 'undercut', 'pending', '', '', 2,
      row_number() over (), '', '', next_check_at, 90 from product_cities
    where store_id = ${big} and right(product_id::text, 1) = '0'`;
  await database.sql`vacuum analyze`;
});

/** One more store of the same login. */
async function twinOf(storeId: string): Promise<string> {
  const [row] = await database.sql<{ id: string }[]>`
    insert into stores select (jsonb_populate_record(s, jsonb_build_object(
      'id', gen_random_uuid(), 'merchant_id', '99887766'))).* from stores s where id = ${storeId}
    returning id`;
  return row?.id ?? "";
}

/** Products that are due, every one a second after the other, a quarter of them in two cities. */
async function fill(storeId: string, count: number): Promise<void> {
  await database.sql`insert into products (store_id, sku, card_id, name, price, lead_city_id, on_sale,
      bot_enabled, floor)
    select ${storeId}, 'sku-' || n, 'card-' || n, 'Товар ' || n, 100, '750000000', true, n % 10 > 0, 50
    from generate_series(1, ${count}::int) n`;
  await database.sql`insert into product_cities (product_id, store_id, city_id, price, next_check_at, is_priced)
    select id, store_id, city, 100,
      ${now.toISOString()}::timestamptz - make_interval(secs => 1 + row_number() over ()), true
    from products, lateral (values ('750000000'), ('710000000')) as cities(city)
    where store_id = ${storeId} and (city = '750000000' or right(sku, 1) in ('1', '2'))`;
}

const load = (tx: Tx, storeId: string, inHand: CheckSubject[] = []) =>
  dueSubjects(tx, storeId, { now, inHand, limit: LIMIT });

/** Rows of the tables of the queue that are read on the way. */
async function rowsRead(tx: Tx, what: () => Promise<unknown>): Promise<number> {
  const read = async () => {
    const [row] = await tx.execute<{ count: number }>(`select sum(coalesce(seq_tup_read, 0)
      + coalesce(idx_tup_fetch, 0))::int as count from pg_stat_xact_user_tables
      where relname in ('product_cities', 'products', 'decisions', 'market_observations')`);
    return row?.count ?? 0;
  };
  const before = await read();
  await what();
  return (await read()) - before;
}

test("a store of 50,000 due products keeps no store of 50 waiting: each has its own queue", async () => {
  expect(new Set(await storesDueForReprice(db, now))).toEqual(new Set([big, small]));
  await db.transaction(async (tx) => {
    let due: CheckSubject[] = [];
    const read = await rowsRead(tx, async () => {
      due = await load(tx, small);
    });
    expect(new Set(due.map(({ storeId }) => storeId))).toEqual(new Set([small]));
    // Nine of ten have their bot on, one of ten two cities of such.
    expect(due).toHaveLength(55);
    expect(read).toBeLessThan(20 * LIMIT);
  });
});

test("the next 250 of 50,000 due products are loaded by reading a few rows for each", async () => {
  await db.transaction(async (tx) => {
    const inHand = await load(tx, big);
    const read = await rowsRead(tx, () => load(tx, big, inHand));
    expect(inHand).toHaveLength(LIMIT);
    expect(read).toBeLessThan(20 * LIMIT);
  });
});
