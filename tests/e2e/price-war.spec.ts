import type { Page } from "@playwright/test";
import { connectCabinet, twoStores } from "./support/cabinet";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

/** A chase of five rounds, which takes an hour to come about by itself. */
async function warOn(sku: string): Promise<string> {
  return inOfficeDatabase(async (sql) => {
    await sql`insert into merchants (id, name) values ('990777', 'Лавка напротив')`;
    const [product] = await sql`
      update products p set bot_enabled = true, floor = p.price / 2, ceiling = p.price
      where sku = ${sku} returning id, store_id, lead_city_id, price`;
    await sql`delete from price_wars where product_id = ${product?.id}`;
    await sql`insert into price_wars (store_id, product_id, city_id, rival_id, started_at,
        last_cut_at, last_cut_by, rounds, price_before, price, rival_price)
      values (${product?.store_id}, ${product?.id}, ${product?.lead_city_id}, '990777',
        now() - interval '70 minutes', now() - interval '4 minutes', 'us', 5,
        ${product?.price}, ${product?.price - 1_240}, ${product?.price - 1_239})`;
    return product?.id;
  });
}

test("a price war is on the first page, in the list, and answered with one press", async ({
  page,
  expectAccessible,
}) => {
  await connectSmallShop(page);
  const { sku } = await goodsFor("price war");
  await expect(async () => {
    await page.goto(`/products?q=${encodeURIComponent(sku)}`);
    await expect(page.getByRole("row").filter({ hasText: sku })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const productId = await warOn(sku);

  await page.goto("/overview");
  await expect(panel(page, "Войны цен").getByText("Лавка напротив")).toBeVisible();
  await expect(panel(page, "Войны цен").getByText(/1.240/)).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "overview-war");
  await panel(page, "Войны цен").getByRole("link", { name: "Показать все" }).click();
  await expect(page).toHaveURL(/watch=war/);
  await expect(page.getByRole("row").filter({ hasText: sku })).toBeVisible();

  await page.goto(`/products/${productId}`);
  const war = panel(page, "Война цен");
  await expect(war.getByText(/5 раз в ответ/)).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "product-war");
  await war.getByRole("button", { name: "Стоять на шаг выше" }).click();
  await expect(war.getByText(/Вы выбрали «Стоять на шаг выше»/)).toBeVisible();
  await takeScreenshots(page, "product-war-answered");
  await war.getByRole("button", { name: "Вернуть прежнее правило" }).click();
  await expect(war.getByRole("button", { name: "Держать нынешнюю цену" })).toBeVisible();
  await inOfficeDatabase((sql) => sql`delete from price_wars where product_id = ${productId}`);
});

test("an owner says which store leads, and in which order", async ({ page, expectAccessible }) => {
  await connectCabinet(page, twoStores);
  await page.goto("/settings");
  const own = panel(page, "Свои магазины на одной карточке");
  await expect(own).toBeVisible();
  await expectAccessible();
  await own.getByLabel("Кто впереди").selectOption("order");
  await own.getByLabel("Что делают остальные").selectOption("hold");
  const last = own.getByRole("listitem").last();
  const name = (await last.textContent()) ?? "";
  await last.getByRole("button", { name: /^Выше/ }).click();
  await takeScreenshots(page, "settings-own-stores");
  await own.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Боты учтут это")).toBeVisible();
  await page.reload();
  await expect(own.getByLabel("Кто впереди")).toHaveValue("order");
  await expect(own.getByRole("listitem").last()).not.toHaveText(name);
  await own.getByLabel("Кто впереди").selectOption("stock");
  await own.getByLabel("Что делают остальные").selectOption("behind");
  await own.getByRole("button", { name: "Сохранить" }).click();
  await expect(own.getByLabel("Кто впереди")).toHaveValue("stock");
});
