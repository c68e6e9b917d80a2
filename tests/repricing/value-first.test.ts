import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { nextSendable } from "@/lib/repricing/send/sendable-queries";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, database } = office;
const { db } = access;
const shelf: Handle[] = [];
let storeId = "";

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  const goods = await goodsOnSale(office, storeId, store.merchantId);
  shelf.push(...goods.slice(0, 4).map((one) => handle(office, one)));
  for (const one of shelf) await one.watch({ floor: Math.ceil(one.kaspiPrice() * 0.7) });
  await db.update(workspace).set({ writesPerWindow: 1 });
});

const rivals = (one: Handle, ...shares: number[]) =>
  one.rivals(...shares.map((share) => Math.floor(one.kaspiPrice() * share)));

/** Each window of the budget lets one price go: which products those are, until nothing waits. */
async function inWindows(): Promise<Handle[]> {
  const left: Handle[] = [];
  for (const _ of shelf) {
    await db.delete(budgetEntries);
    await db.update(decisions).set({ notBefore: null }).where(eq(decisions.state, "pending"));
    while ((await publishStore(access, storeId)).goesOn);
    left.push(...shelf.filter((one) => one.writes().length > 0 && !left.includes(one)));
  }
  return left;
}

test("the budget goes to a person's price, then to what gains most, the worthless last", async () => {
  const [third, first, byHand, fourth] = shelf;
  if (!third || !first || !byHand || !fourth) throw new Error("no four products on sale");
  rivals(fourth, 0.6, 0.63, 0.65, 0.95);
  rivals(third, 0.6, 0.65, 0.95);
  rivals(first, 0.9, 0.92, 0.95);
  for (const one of [fourth, third, first]) await one.check();
  const hand = { price: tenge(byHand.kaspiPrice() - 1), hold: false, confirm: true };
  await setPriceByHand(db, owner, byHand.productId, hand, access.clock());
  const names = (some: Handle[]) => some.map(({ sku }) => sku);
  expect(names(await inWindows())).toEqual(names([byHand, first, third, fourth]));
});

const rowsRead = `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as count
  from pg_stat_xact_user_tables where relname in ('product_cities', 'products', 'decisions')`;

test("the next price among 20,000 that wait is found by the index of the queue", async () => {
  await database.sql`insert into products (store_id, sku, name, lead_city_id, on_sale)
    select ${storeId}, 'queue-' || n, 'Товар', '750000000', true from generate_series(1, 20000) n`;
  await database.sql`insert into product_cities (product_id, store_id, city_id, next_check_at, is_priced)
    select id, store_id, lead_city_id, now(), true from products where sku like 'queue-%'`;
  await database.sql`insert into decisions (store_id, product_id, city_id, origin, kind, reason, state,
      inputs, inputs_hash, rules_version, seq, previous_hash, hash, decided_at, price, turn_at)
    select store_id, id, lead_city_id, 'bot', 'change', 'undercut', 'pending', '', '', 2,
      1000 + row_number() over (), '', '', now(), 90, now() - make_interval(secs => hashtext(sku) % 3600)
    from products where sku like 'queue-%'`;
  await database.sql`vacuum analyze`;
  await db.transaction(async (tx) => {
    const [before] = await tx.execute<{ count: number }>(rowsRead);
    const next = await nextSendable(tx, storeId, access.clock());
    const [after] = await tx.execute<{ count: number }>(rowsRead);
    expect(next?.sku).toMatch(/^queue-/);
    expect((after?.count ?? 0) - (before?.count ?? 0)).toBeLessThan(50);
  });
  await database.sql`delete from products where sku like 'queue-%'`;
});
