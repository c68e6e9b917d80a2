import type { Page } from "@playwright/test";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const shop = { email: "demo@duken.kz", password: "demo-kaspi", merchantUid: "30518274" };
const name = "Дүкен Демо";
const almaty = "750000000";
const astana = "710000000";

const panel = (page: Page, title: string) => page.getByRole("region", { name: title });

async function connect(page: Page): Promise<void> {
  await page.goto("/stores?connect=1");
  const window = page.getByRole("dialog");
  await window.getByLabel("Почта").fill(shop.email);
  await window.getByLabel("Пароль", { exact: true }).fill(shop.password);
  await window.getByRole("button", { name: "Подключить", exact: true }).click();
  await window.getByRole("button", { name: "Понятно" }).click();
  await expect(page.getByText(/1\s000 товаров/).first()).toBeVisible();
}

async function openStore(page: Page): Promise<void> {
  await page.goto("/stores");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
}

/** Goods with a price in either city that nobody else sells, from the end of the list. */
async function pickGoods() {
  const { merchantUid } = shop;
  const offers = await twin.offers({ merchantUid, onSale: true, from: 500, limit: 300 });
  for (const { sku, cardId, cityPrices, prices } of offers) {
    const [here, there] = [prices[almaty] ?? 0, prices[astana] ?? 0];
    if (!cityPrices || here < 5_000 || here === there) continue;
    for (const cityId of [almaty, astana]) await twin.setRivals({ cardId, cityId, rivals: [] });
    if ((await twin.market({ cardId, cityId: almaty })).length > 1) continue;
    return { sku, cardId, here, there };
  }
  throw new Error("no goods for this test");
}

const pricesOf = async (sku: string) =>
  (await twin.offer({ merchantUid: shop.merchantUid, sku })).prices;

const city = (page: Page, label: string) =>
  page.getByRole("group", { name: "Город" }).getByText(new RegExp(`^${label}`));

async function openProduct(page: Page, sku: string): Promise<void> {
  await page.goto(`/products?q=${encodeURIComponent(sku)}`);
  await page.getByRole("row").filter({ hasText: sku }).getByRole("link").first().click();
  await page.waitForURL(/\/products\/[0-9a-f-]+/);
}

test("two cities of a product: chosen on the store's page, each led by its own market and limits", async ({
  page,
  expectAccessible,
}) => {
  await twin.clearFaults();
  await signIn(page);
  await connect(page);
  const { sku, cardId, here, there } = await pickGoods();
  const rival = (cityId: string, price: number) =>
    twin.setRivals({ cardId, cityId, rivals: [{ merchantId: "990001", price }] });
  await rival(almaty, here - 20);
  await rival(astana, there - 500);

  await test.step("one city so far: the others are shown and left alone", async () => {
    await openProduct(page, sku);
    await expect(panel(page, "Города")).toContainText("не трогаем");
    await expect(page.getByRole("group", { name: "Город" })).toBeHidden();
  });

  await test.step("the store's page prices another city", async () => {
    await openStore(page);
    const cities = panel(page, "Цены по городам");
    await expect(cities.getByLabel("Алматы")).toBeDisabled();
    await cities.getByLabel("Астана").check();
    await cities.getByRole("button", { name: "Сохранить города" }).click();
    await expect(page.getByText("Города сохранены.").first()).toBeVisible();
    await expect(cities.getByLabel("Астана")).toBeChecked();
    await expectAccessible();
    await takeScreenshots(page, "store-cities");
  });

  await test.step("the product has two cities; one gets a floor of its own", async () => {
    await openProduct(page, sku);
    await page
      .getByRole("button", { name: /^Минимум, / })
      .first()
      .click();
    await page.getByRole("textbox", { name: /^Минимум/ }).fill(String(Math.ceil(here * 0.8)));
    await page.keyboard.press("Enter");
    await city(page, "Астана").click();
    await expect(page).toHaveURL(/city=710000000/);
    await page.getByRole("button", { name: /^Минимум, только Астана/ }).click();
    await page.getByRole("textbox", { name: /^Минимум/ }).fill(String(there - 100));
    await page.keyboard.press("Enter");
    await page.getByRole("switch", { name: /^Бот/ }).click();
    await expect(page.getByRole("switch", { name: /^Бот/ })).toBeChecked();
  });

  await test.step("each city follows its own market, one stops at its own floor", async () => {
    await expect
      .poll(() => pricesOf(sku))
      .toMatchObject({ [almaty]: here - 21, [astana]: there - 100 });
    await expect(page.getByText("Kaspi показывает эту цену").first()).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "product-cities");
  });

  await test.step("the list marks a product of several cities", async () => {
    await page.goto(`/products?q=${encodeURIComponent(sku)}`);
    await expect(page.getByRole("row").filter({ hasText: sku })).toContainText("2 города");
    await takeScreenshots(page, "products-cities");
  });

  await test.step("a product may choose for itself, and has one city again", async () => {
    await openProduct(page, sku);
    await panel(page, "Города").getByRole("button", { name: "Выбрать" }).click();
    const window = page.getByRole("dialog");
    await window.getByText("Выбрать для этого товара").click();
    await takeScreenshots(page, "product-cities-window");
    await window.getByLabel("Алматы").uncheck();
    await window.getByLabel("Астана").uncheck();
    await window.getByRole("button", { name: "Сохранить" }).click();
    await expect(window).toContainText("Выберите хотя бы один город");
    await window.getByLabel("Алматы").check();
    await window.getByRole("button", { name: "Сохранить" }).click();
    await expect(window).toBeHidden();
    await expect(panel(page, "Города")).toContainText("Города выбраны для этого товара");
    await expect(page.getByRole("group", { name: "Город" })).toBeHidden();
    await page.getByRole("switch", { name: /^Бот/ }).click();
  });

  await test.step("a product with one price everywhere says why it has one city", async () => {
    const offers = await twin.offers({ merchantUid: shop.merchantUid, onSale: true, limit: 100 });
    const plain = offers.find(({ cityPrices }) => cityPrices === null);
    await openProduct(page, plain?.sku ?? "");
    await expect(panel(page, "Города")).toContainText("одна цена для всех городов");
    await takeScreenshots(page, "product-one-price");
  });

  await test.step("the store is as it was", async () => {
    await openStore(page);
    await panel(page, "Цены по городам").getByLabel("Астана").uncheck();
    await page.getByRole("button", { name: "Сохранить города" }).click();
    await expect(page.getByText("Города сохранены.").first()).toBeVisible();
  });
});
