import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { sumStaleDays } from "@/lib/sales/sum-days";
import { apiOffice } from "../support/api";

const office = await apiOffice();
const { call, access, owner } = office;
const { db } = access;
let storeId = "";

/** By the clock of Almaty: just before and just after a month begins. */
const moments = [
  ["1", "2026-02-28T18:59:59Z", "COMPLETED", 1_000],
  ["2", "2026-02-28T19:00:00Z", "COMPLETED", 2_000],
  ["3", "2026-03-31T18:59:59Z", "ACCEPTED_BY_MERCHANT", 4_000],
  ["4", "2026-03-31T19:00:00Z", "COMPLETED", 8_000],
  ["5", "2026-03-15T10:00:00Z", "CANCELLED", 16_000],
  ["6", "2026-03-15T10:00:00Z", "RETURNED", 32_000],
] as const;

beforeAll(async () => {
  const [store] = await db
    .insert(stores)
    .values({ userId: owner.id, merchantId: "1", name: "Лавка" })
    .returning({ id: stores.id });
  storeId = store?.id ?? "";
  for (const [code, at, status, price] of moments)
    await db.execute(sql`with made as (insert into orders (store_id, code, state, status, tab, ordered_at,
        total_price, is_kaspi_delivery, express, pre_order, signature_required, source, read_at, changed_at)
      values (${storeId}::uuid, ${code}, 'ARCHIVE', ${status}, 'archive', ${at}::timestamptz, ${price}::integer,
        true, false, false, false, 'shop_api', now(), now()) returning id, store_id)
      insert into order_entries (order_id, store_id, nth, sku, name, quantity, unit_price, total_price)
      select id, store_id, 0, 'A1', 'Чайник', 2, ${price / 2}::integer, ${price}::integer from made`);
  await sumStaleDays(db, { most: 100 });
});

const march = () => `/kaspi/sales/${storeId}/?from=2026-03-01&to=2026-03-31`;

describe("the sales of a store", () => {
  test.each(["/kaspi/sales/", "/kaspi/get_sells_info/"])("at %s", async (path) => {
    const { status, body } = await call("GET", march().replace("/kaspi/sales/", path));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      data: {
        metrics: {
          ...{ total_sales: 6_000, total_orders: 2, avg_order_value: 3_000 },
          ...{ cancellation_rate: 25, return_rate: 25 },
        },
        top_products: [{ product_id: null, name: "Чайник", quantity: 4, amount: 6_000 }],
        is_complete: true,
      },
    });
    expect(body.data.orders).toHaveLength(31);
    expect(body.data.orders[0]).toEqual({ date: "2026-03-01", count: 1, amount: 2_000 });
    expect(body.data.orders.at(-1)).toEqual({ date: "2026-03-31", count: 1, amount: 4_000 });
  });

  test("are told by day, however long the period", async () => {
    const { body } = await call("GET", `/kaspi/sales/${storeId}/?from=2025-01-01&to=2026-03-31`);
    expect(body.data.orders).toHaveLength(455);
    expect(body.data).toMatchObject({ from: "2025-01-01", to: "2026-03-31" });
  });

  test("are the last thirty days where no dates are said", async () => {
    const { body } = await call("GET", `/kaspi/sales/${storeId}`);
    expect(body.data.orders).toHaveLength(30);
  });

  test("of a period that ends before it begins, or of no date, are refused", async () => {
    for (const query of [
      ...["from=2026-03-02&to=2026-03-01", "from=yesterday", "day=1"],
      ...["from=9999-12-31&to=9999-12-31", "from=0000-01-01&to=0000-01-02"],
      "from=2020-01-01&to=2026-01-01",
    ])
      expect((await call("GET", `/kaspi/sales/${storeId}/?${query}`)).status).toBe(422);
  });

  test("of a store nobody has are not found", async () => {
    const { status } = await call("GET", "/kaspi/sales/6b1f8a51-0000-4000-8000-000000000000/");
    expect(status).toBe(404);
  });
});
