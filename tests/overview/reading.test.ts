import { expect, test } from "vitest";
import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import { readingFacts, readingLately } from "@/lib/overview/reading-queries";
import { shortReading } from "@/lib/overview/rules";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, database } = office;
const now = access.clock();

/** Products a bot watches, with what is said about them in the city. */
async function watch(
  storeId: string,
  count: number,
  city: { rivals: number; movedAt: Date | null; rule?: object },
) {
  const sku = `${count} ${JSON.stringify(city)}`;
  await database.sql`insert into products (store_id, sku, name, lead_city_id, on_sale, bot_enabled, rule)
    select ${storeId}, ${sku} || n, 'Товар', '750000000', true, true, ${JSON.stringify(city.rule ?? {})}::text::jsonb
    from generate_series(1, ${count}::int) n`;
  await database.sql`insert into product_cities (product_id, store_id, city_id, next_check_at, is_priced,
      rivals_count, place_changed_at)
    select id, store_id, lead_city_id, now(), true, ${city.rivals}, ${city.movedAt?.toISOString() ?? null}::timestamptz
    from products where sku like ${`${sku}%`}`;
}

test("what the rules ask of the addresses is counted as the checks are planned", async () => {
  const { storeId } = await connectedStore(office);
  await database.sql`update exits set reads_per_second = 0.1`;
  await watch(storeId, 10, { rivals: 3, movedAt: later(now, -1) });
  await watch(storeId, 20, { rivals: 3, movedAt: later(now, -HOUR) });
  await watch(storeId, 30, { rivals: 0, movedAt: null });
  await watch(storeId, 60, { rivals: 2, movedAt: now, rule: { intervalMinutes: 60 } });
  const facts = await readingFacts(access.db, now);
  expect(facts).toMatchObject({ markets: 120, ablePerMinute: 6 });
  expect(facts.askedPerMinute).toBeCloseTo(10 / 5 + 20 / 10 + 30 / 30 + 60 / 60);
  expect(shortReading(facts)).toBeNull();

  await database.sql`update exits set reads_per_second = 0.05`;
  expect(shortReading(await readingFacts(access.db, now))).toEqual({
    wantedMs: 20 * MINUTE,
    achievedMs: 40 * MINUTE,
  });
});

test("it is counted once in half a minute, however many ask", async () => {
  const able = async (at: number) =>
    (await readingLately(access.db, later(now, HOUR + at))).ablePerMinute;
  await database.sql`update exits set reads_per_second = 0.1`;
  expect(await able(0)).toBe(6);
  await database.sql`update exits set reads_per_second = 0.2`;
  expect(await able(29 * SECOND)).toBe(6);
  expect(await able(30 * SECOND)).toBe(12);
});
