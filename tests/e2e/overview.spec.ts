import type { Page } from "@playwright/test";
import { productRow } from "./support/product-row";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor, smallShop } from "./support/small-shop";
import { expect, test } from "./support/test";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("the first page answers in one look, and every number leads to its list", async ({
  page,
  expectAccessible,
}) => {
  await connectSmallShop(page);
  await expect(async () => {
    await page.goto("/");
    await expect(panel(page, "Всё ли работает").getByText("работает").first()).toBeVisible({
      timeout: 2_000,
    });
  }).toPass();
  await expect(page).toHaveURL(/\/overview$/);
  await expect(page.getByRole("navigation").getByRole("link").first()).toHaveText("Обзор");
  for (const name of ["Где теряем", "Что ждёт вас", "Цены сегодня"])
    await expect(panel(page, name)).toBeVisible();
  await expect(panel(page, "Цены сегодня").getByText(smallShop.email)).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "overview");
});

test("a number of the day leads to the products whose prices it counts", async ({ page }) => {
  await connectSmallShop(page);
  const { sku, start } = await goodsFor("overview");
  const row = await productRow(page, sku);
  await row.getByRole("link").first().click();
  await page.getByLabel("Новая цена").fill(String(start + 7));
  await page.getByRole("button", { name: "Поставить", exact: true }).click();
  await expect(page.getByText(/принята, отправляем/).first()).toBeVisible();
  await page.goto("/overview");
  await panel(page, "Цены сегодня")
    .getByRole("link", { name: /^Решено: / })
    .click();
  await expect(page).toHaveURL(/today=decided/);
  await expect(row).toBeVisible();
  await page.getByRole("link", { name: /Показать не только: сегодня решено/ }).click();
  await expect(page).not.toHaveURL(/today=/);
});

test("an address of a store that is not there shows all of them", async ({ page }) => {
  await page.goto("/overview?store=9e2b4f1c-2f55-4d7a-9c7e-0d6a4a4f1b11");
  await expect(page.getByRole("heading", { name: "Обзор", level: 1 })).toBeVisible();
  await expect(panel(page, "Всё ли работает")).toBeVisible();
});

test("nothing is wider than a phone", async ({ page, expectAccessible }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/overview");
  await expect(panel(page, "Всё ли работает")).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await expectAccessible();
});
