import type { Page } from "@playwright/test";
import { inOfficeDatabase } from "./support/office-database";
import { productRow, shownAmount } from "./support/product-row";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor, type ShopGoods, smallShopCard } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

async function openProduct(page: Page, { sku }: ShopGoods): Promise<void> {
  const row = await productRow(page, sku);
  await row.getByRole("link").first().click();
  await page.waitForURL(/\/products\/[0-9a-f-]+/);
}

const bot = (page: Page) => page.getByRole("switch", { name: /^Бот/ });

const check = (page: Page) => page.getByRole("button", { name: "Проверить сейчас" }).click();

async function syncGoods(page: Page): Promise<void> {
  await page.goto("/stores");
  const again = smallShopCard(page).getByRole("button", { name: "Обновить товары" });
  const pagesRead = async () => (await twin.requests()).list?.total ?? 0;
  const before = await pagesRead();
  await again.click();
  await expect.poll(pagesRead).toBeGreaterThan(before);
  await expect(again).toBeEnabled();
}

test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await twin.clearFaults();
  await signIn(page);
});

test.afterAll(async () => {
  await twin.clearFaults();
});

test("an unread market is said, moves no price, and is over when Kaspi answers", async ({
  page,
  expectAccessible,
}) => {
  await connectSmallShop(page);
  const goods = await goodsFor("chart and faults");
  await goods.rival(goods.start - 20);
  await openProduct(page, goods);

  await twin.setFault({ name: "connection_reset", at: ["offers"] });
  await page.getByRole("button", { name: /^Минимум/ }).click();
  await page.getByRole("textbox", { name: /^Минимум/ }).fill(String(goods.start - 500));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Минимум/ })).toHaveText(
    shownAmount(goods.start - 500),
  );
  await bot(page).click();
  await expect(bot(page)).toBeChecked();

  await test.step("Kaspi unreachable", async () => {
    await check(page);
    await expect(page.getByText("Рынок не прочитан. Цена прежняя").last()).toBeVisible();
    await expect(page.getByText("Цену не меняем: Kaspi недоступен.").first()).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "product-unread");
  });

  await test.step("an answer nobody understands", async () => {
    await twin.clearFaults();
    await twin.setFault({ name: "garbled_json", at: ["offers"] });
    await check(page);
    await expect(page.getByText("Цену не меняем: Kaspi ответил непонятно.").first()).toBeVisible();
    expect(await goods.writes()).toBe(0);
    expect(await goods.kaspiPrice()).toBe(goods.start);
  });

  await test.step("a slow answer is waited for, and the price follows", async () => {
    await twin.clearFaults();
    await twin.setFault({ name: "slow", ms: 1_500, at: ["offers"] });
    await check(page);
    await expect(page.getByRole("button", { name: "Читаем рынок" })).toBeDisabled();
    await expect(page.getByText("Рынок прочитан.").last()).toBeVisible();
    await expect.poll(goods.kaspiPrice).toBe(goods.start - 21);
    await expect(page.getByText(/^Последн.* проверк/)).toBeHidden();
  });
});

test("the chart shows what was decided, to pointer, keys and as a table", async ({
  page,
  expectAccessible,
}) => {
  await openProduct(page, await goodsFor("chart and faults"));
  const chart = page.getByRole("slider", { name: /^Решения по времени/ });
  await chart.focus();
  await page.keyboard.press("End");
  await expect(chart).toHaveAttribute("aria-valuetext", /у самого дешёвого соперника/);
  await page.keyboard.press("ArrowLeft");
  await expect(chart).toHaveAttribute("aria-valuetext", /Kaspi ответил непонятно/);
  await page.keyboard.press("Escape");
  const hint = page.getByText(/^Наведите на график/);
  await expect(hint).toBeVisible();
  await chart.hover();
  await expect(hint).toBeHidden();
  await page.getByRole("button", { name: "Показать таблицей" }).click();
  await expect(page.getByRole("table", { name: "Решения и цены за это время" })).toContainText(
    "Kaspi недоступен",
  );
  await page.getByText("7 дней").click();
  await page.waitForURL(/range=week/);
  await expect(chart).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "product-chart");
});

test("a session that ends in the middle of an update is renewed without anybody", async ({
  page,
}) => {
  await twin.setFault({ name: "session_401", at: ["list"], times: 1 });
  await syncGoods(page);
  const shop = smallShopCard(page);
  await expect(shop.getByText("без новых и пропавших")).toBeVisible();
  await expect(shop.getByText("Действует")).toBeVisible();
});

test("a list that was not read whole is said, hides no goods, and is whole the next time", async ({
  page,
}) => {
  const bar = page.getByText(/прочитано 50 из 130 товаров Kaspi\. Пропавшие не отмечены/);
  await twin.setFault({ name: "list_wrong_total", by: 40 });
  await syncGoods(page);
  await expect(bar.first()).toBeVisible();
  await expect(smallShopCard(page).getByRole("link", { name: "50 товаров" })).toBeVisible();
  await twin.clearFaults();
  await syncGoods(page);
  await expect(bar).toBeHidden();
});

test("a row nobody understands is told from the good ones, which stay as they are", async ({
  page,
}) => {
  const bar = page.getByText(/прочитано \d+ из \d+ товаров Kaspi\. Пропавшие не отмечены/);
  await twin.setFault({ name: "list_bad_row" });
  await syncGoods(page);
  await expect(bar.first()).toBeVisible();
  await expect(smallShopCard(page).getByRole("link", { name: "50 товаров" })).toBeVisible();
  await twin.clearFaults();
  await syncGoods(page);
  await expect(bar).toBeHidden();
});

test("a refused address is said on every page, no price moves, and it is over with the refusal", async ({
  page,
  expectAccessible,
}) => {
  const goods = await goodsFor("refused address");
  await goods.rival(goods.start - 20);
  await openProduct(page, goods);
  await page.getByRole("button", { name: /^Минимум/ }).click();
  await page.getByRole("textbox", { name: /^Минимум/ }).fill(String(goods.start - 500));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Минимум/ })).toHaveText(
    shownAmount(goods.start - 500),
  );
  await expect(bot(page)).toBeEnabled();
  const bar = page.getByText(/наш адрес в сети: рынок не читается/).first();
  for (const name of ["storefront_405", "storefront_html"] as const) {
    await twin.setFault({ name });
    await bot(page).click();
    await expect(bot(page)).toBeChecked();
    await check(page);
    await expect(bar).toBeVisible();
    await expect(page.getByText(/^Цену не меняем: /).first()).toBeVisible();
    expect(await goods.writes()).toBe(0);
    await page.goto("/overview");
    await expect(bar).toBeVisible();
    await expectAccessible();
    await page.goBack();
    await bot(page).click();
    await expect(bot(page)).not.toBeChecked();
    await twin.clearFaults();
    // The address rests for ten minutes.
    await inOfficeDatabase((sql) => sql`update exits set resting_until = now()`);
  }
  await bot(page).click();
  await check(page);
  await expect.poll(goods.kaspiPrice).toBe(goods.start - 21);
  await page.reload();
  await expect(bar).toBeHidden();
});

test("a login that Kaspi does not take from our address is said, and works again afterwards", async ({
  page,
  expectAccessible,
}) => {
  // A session of the office's own making that ended so young would be one that Kaspi has closed.
  await connectSmallShop(page);
  await twin.expireSessions({ email: "small@duken.kz" });
  await twin.setFault({ name: "id_refuses_address" });
  await page.goto("/stores");
  const shop = smallShopCard(page);
  await shop.getByRole("button", { name: "Проверить" }).click();
  const waits = shop.getByText("Ждём Kaspi");
  await expect(waits).toBeVisible();
  const bar = page.getByText(/Kaspi не принимает вход/).first();
  await expect(bar).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "stores-address-refused");
  await page.goto("/overview");
  await expect(page.getByText("Kaspi не принимает вход", { exact: true })).toBeVisible();
  await twin.clearFaults();
  await connectSmallShop(page);
  await page.goto("/stores");
  await expect(shop.getByText("Действует")).toBeVisible();
  await expect(waits).toBeHidden();
  await expect(bar).toBeHidden();
});

test("a price that Kaspi does not take now says so, where it stands and for how long", async ({
  page,
  expectAccessible,
}) => {
  const goods = await goodsFor("refused price");
  await openProduct(page, goods);
  await twin.setFault({ name: "writes_throttled" });
  await page.getByLabel("Новая цена").fill(String(goods.start + 10));
  await page.getByRole("button", { name: "Поставить", exact: true }).click();
  await expect(page.getByText(/Ждёт: Kaspi временно не принимает цены/).first()).toBeVisible();
  await expect(page.getByText(/^уйдёт около/)).toBeVisible();
  expect(await goods.kaspiPrice()).toBe(goods.start);
  await page.goto("/stores");
  await expect(smallShopCard(page).getByText("Kaspi просит паузу")).toBeVisible();
  const bar = page.getByText(/Kaspi ограничил отправку цен\. Продолжим сами/).first();
  await expect(bar).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Скрыть сообщение" }).first().click();
  await expect(bar).toBeHidden();
  // The pause lasts half an hour: the other specs need not wait for it.
  await twin.clearFaults();
  await inOfficeDatabase((sql) => sql`update kaspi_logins set writes_blocked_until = null`);
});
