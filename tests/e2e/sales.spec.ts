import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, smallShop } from "./support/small-shop";
import { expect, test } from "./support/test";

const storeId = () =>
  inOfficeDatabase(async (sql) => {
    const [store] = await sql`select id from stores where name = ${smallShop.name}`;
    return String(store?.id);
  });

/** Forty days of orders of the shop's goods, in towns where it has no others; every eighth is cancelled, every twentieth returned. */
const sell = (store: string) =>
  inOfficeDatabase(async (sql) => {
    await sql`insert into orders (store_id, code, state, status, tab, ordered_at, total_price, delivery_mode,
        is_kaspi_delivery, express, payment_mode, seller_delivery_cost, city_name, pre_order,
        signature_required, source, read_at, changed_at, has_entries)
      select ${store}::uuid, 'S' || n, 'ARCHIVE',
        case when n % 8 = 0 then 'CANCELLED' when n % 20 = 7 then 'RETURNED' else 'COMPLETED' end, 'archive',
        now() - n * interval '4 hours', 10000 + n % 7 * 1500, 'DELIVERY_LOCAL', true, n % 9 = 0,
        (array['PREPAID', 'PAY_WITH_CREDIT'])[1 + n % 2], 990, (array['Конаев', 'Талгар'])[1 + n % 2],
        false, false, 'shop_api', now(), now(), true
      from generate_series(1, 240) n`;
    await sql`insert into order_entries (order_id, store_id, nth, sku, name, product_id, quantity, unit_price,
        total_price)
      select o.id, o.store_id, 0, p.sku, p.name, p.id, 1, o.total_price, o.total_price
      from orders o join lateral (select * from products p where p.store_id = o.store_id and p.on_sale
        order by p.sku offset substr(o.code, 2)::integer % 9 limit 1) p on true
      where o.store_id = ${store}::uuid and o.code like 'S%'`;
  });

test("sales are seen by day and by part, profit as far as it is known, and what runs out", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await connectSmallShop(page);
  const store = await storeId();
  await page.goto(`/sales?store=${store}&from=2020-01-01&to=2020-01-31`);
  await expect(page.getByRole("heading", { name: "За этот период заказов нет" })).toBeVisible();
  await takeScreenshots(page, "sales-none");
  await expect(async () => {
    const [row] = await inOfficeDatabase(
      (sql) => sql`select count(*)::int as count from products where store_id = ${store}::uuid`,
    );
    expect(row?.count).toBeGreaterThan(8);
  }).toPass();
  await sell(store);
  await expect(async () => {
    await page.goto(`/sales?store=${store}`);
    await expect(page.getByText("Выручка", { exact: true }).first()).toBeVisible({
      timeout: 2_000,
    });
    expect(await page.getByText("Досчитываем").count()).toBe(0);
  }).toPass();
  await expectAccessible();
  await takeScreenshots(page, "sales");

  await test.step("parted by city, and to the orders behind a number", async () => {
    await page.getByLabel("Разбить по").selectOption("city");
    const row = page.getByRole("row").filter({ hasText: "Конаев" });
    await expect(row).toBeVisible();
    await row.getByRole("link").last().click();
    await expect(page).toHaveURL(/\/orders\?/);
  });

  await test.step("profit: nothing is known without costs, and that is said", async () => {
    await page.goto(`/sales/profit?store=${store}`);
    await expect(page.getByText(/Прибыль на .* выручки не посчитана/)).toBeVisible();
    await expect(page.getByText("не указано").first()).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "profit");
  });

  await test.step("stock: how long it lasts", async () => {
    await page.goto(`/sales/stock?store=${store}`);
    await page.getByText("Продаются", { exact: true }).click();
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "stock");
  });

  await test.step("the figures as a file", async () => {
    await page.goto(`/sales?store=${store}&by=product`);
    await page.getByRole("button", { name: "Скачать" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("region", { name: "Из чего сложилось" })
        .getByRole("link", { name: "CSV" })
        .click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^duken-sales-.*\.csv$/);
  });
});
