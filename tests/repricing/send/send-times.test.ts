import { beforeAll, beforeEach, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { budgetEntries } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { atItsTime, sendTimes } from "@/lib/repricing/send/send-times";
import { testOffice } from "../../support/office";
import { connectedStore, smallShop } from "../../support/stores";

const office = await testOffice();
const { access, database } = office;
const { db } = access;
const now = access.clock();
let ours = "";
let sister = "";

beforeAll(async () => {
  ours = (await connectedStore(office)).storeId;
  const [row] = await database.sql<{ id: string }[]>`
    insert into stores select (jsonb_populate_record(s, jsonb_build_object(
      'id', gen_random_uuid(), 'merchant_id', '99887766'))).* from stores s where id = ${ours}
    returning id`;
  sister = row?.id ?? "";
  await db.update(workspace).set({ writesPerWindow: 1, writeWindowMinutes: 30 });
  await db.insert(budgetEntries).values({ login: smallShop.email, at: now });
});

beforeEach(async () => {
  await database.sql`delete from products`;
});

/** A change of the store that waits since so many minutes. */
async function waiting(
  storeId: string,
  minutes: number,
  origin = "bot",
): Promise<{ id: string; state: "pending"; notBefore: Date | null }> {
  const sku = `${origin} ${minutes}`;
  const [row] = await database.sql<{ id: string }[]>`
    with product as (insert into products (store_id, sku, name, lead_city_id, on_sale)
      values (${storeId}, ${sku}, ${sku}, '750000000', true) returning id)
    insert into decisions (store_id, product_id, city_id, origin, kind, reason, state, inputs,
      inputs_hash, rules_version, seq, previous_hash, hash, decided_at, price, turn_at)
    select ${storeId}, id, '750000000', ${origin}, 'change', 'undercut', 'pending', '', '', 2,
      1000 + ${minutes}::int, '', '', ${now.toISOString()}, 90,
      ${now.toISOString()}::timestamptz - make_interval(mins => ${minutes}) from product returning id`;
  return { id: row?.id ?? "", state: "pending", notBefore: null };
}

test("what waits says when it leaves: by its turn in the budget that the stores of a login share", async () => {
  const late = await waiting(ours, 1);
  const early = await waiting(ours, 20);
  const between = await waiting(sister, 10);
  const byHand = await waiting(ours, 0, "manual");
  const times = await sendTimes(db, [late, null, early, between, byHand], now);
  const minutes = [byHand, early, between, late].map((one) => {
    const at = atItsTime(one, times).notBefore;
    return at && (at.getTime() - now.getTime()) / MINUTE;
  });
  expect(minutes).toEqual([30.5, 61, 91.5, 122]);

  await database.sql`update stores set sending_stopped_at = now() where id = ${sister}`;
  const without = await sendTimes(db, [late, between], now);
  expect(without.get(between.id)).toBeUndefined();
  expect(without.get(late.id)?.getTime()).toBe(now.getTime() + 91.5 * MINUTE);
  await database.sql`update stores set sending_stopped_at = null where id = ${sister}`;
});

test("what has left, and what leaves at once, is told no time", async () => {
  const sent = { ...(await waiting(ours, 90)), state: "sent" as const };
  expect(await sendTimes(db, [sent, null], now)).toEqual(new Map());
  await db.update(workspace).set({ writesPerWindow: 250 });
  const first = await waiting(ours, 100);
  expect(atItsTime(first, await sendTimes(db, [first], now))).toEqual(first);
  await db.update(workspace).set({ writesPerWindow: 1 });
});
