import type { Page } from "@playwright/test";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const merchantUid = "30518274";
const money = (amount: number) =>
  new RegExp(
    String(amount)
      .replace(/\B(?=(\d{3})+$)/g, "\\s")
      .concat("\\s₸"),
  );

type Goods = { sku: string; cardId: string; cityId: string; start: number; floor: number };

/** Goods nobody else of the training Kaspi's shops sells, with one rival far above. */
async function pickGoods(): Promise<Goods> {
  const offers = await twin.offers({ merchantUid, onSale: true, limit: 200 });
  for (const { sku, cardId, prices, points } of offers) {
    const cityId = "750000000";
    const start = prices[cityId] ?? 0;
    if (start < 5_000 || (points?.length ?? 0) < 2) continue;
    await twin.setRivals({ cardId, cityId, rivals: [] });
    if ((await twin.market({ cardId, cityId })).length > 1) continue;
    return { sku, cardId, cityId, start, floor: Math.ceil(start * 0.9) };
  }
  throw new Error("no goods for this test");
}

const rival = ({ cardId, cityId }: Goods, price: number) =>
  twin.setRivals({ cardId, cityId, rivals: [{ merchantId: "990001", price }] });

const kaspiPrice = async ({ sku, cityId }: Goods) =>
  (await twin.offer({ merchantUid, sku })).prices[cityId];

async function check(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Проверить сейчас" }).click();
  await expect(page.getByText("Рынок прочитан.").last()).toBeVisible();
}

test("the main job: connect, sync, follow a rival, stop at the floor, rise, be stopped", async ({
  page,
}) => {
  await signIn(page);
  await page.goto("/stores");

  await test.step("connect the training store by password", async () => {
    await page.getByRole("link", { name: "Подключить магазин" }).first().click();
    await page.getByRole("button", { name: "Заполнить учебный вход" }).click();
    await page.getByRole("button", { name: "Подключить", exact: true }).click();
    await expect(page.getByText(/Подключён 1 магазин|вход обновлён/).first()).toBeVisible();
    await page.getByRole("button", { name: "Понятно" }).click();
  });

  await test.step("its thousand products arrive", async () => {
    await expect(page.getByText(/1\s000 товаров/).first()).toBeVisible();
  });

  const goods = await pickGoods();
  await rival(goods, goods.start + 1_000);
  const points = (await twin.offer({ merchantUid, sku: goods.sku })).points;

  await test.step("set the floor in place and switch the bot on", async () => {
    await page.goto(`/products?q=${encodeURIComponent(goods.sku)}`);
    const row = page.getByRole("row").filter({ hasText: goods.sku });
    await row.getByRole("button", { name: /^Минимум/ }).click();
    await page.getByRole("textbox", { name: /^Минимум/ }).fill(String(goods.floor));
    await page.keyboard.press("Enter");
    await expect(row.getByRole("button", { name: /^Минимум/ })).toHaveText(money(goods.floor));
    await row.getByRole("switch").click();
    await expect(row.getByRole("switch")).toBeChecked();
    await row.getByRole("link").first().click();
    await page.waitForURL(/\/products\/[0-9a-f-]+/);
  });

  await test.step("a rival drops, our price follows, and Kaspi shows it", async () => {
    await rival(goods, goods.start - 20);
    await check(page);
    await expect.poll(() => kaspiPrice(goods)).toBe(goods.start - 21);
    await expect(page.getByText("Kaspi показывает эту цену").first()).toBeVisible();
    await expect(page.getByText(money(goods.start - 21)).first()).toBeVisible();
  });

  await test.step("however low the rival goes, never below the floor", async () => {
    await rival(goods, Math.floor(goods.start * 0.6));
    await check(page);
    await expect.poll(() => kaspiPrice(goods)).toBe(goods.floor);
    await expect(page.getByText(/Ставим ваш минимум/).first()).toBeVisible();
  });

  await test.step("the rival leaves and we rise to where we were", async () => {
    await rival(goods, goods.start + 5_000);
    await expect(page.getByText("Kaspi показывает эту цену").first()).toBeVisible();
    await check(page);
    await expect.poll(() => kaspiPrice(goods)).toBe(goods.start);
    await expect(page.getByText("Kaspi показывает эту цену").first()).toBeVisible();
  });

  await test.step("no point was put on sale or taken off it on the way", async () => {
    expect((await twin.offer({ merchantUid, sku: goods.sku })).points).toEqual(points);
  });

  await test.step("the kill switch: nothing moves", async () => {
    const product = page.url();
    await page.goto("/stores");
    await page.getByRole("button", { name: "Остановить отправку", exact: true }).first().click();
    await page.getByRole("button", { name: "Остановить", exact: true }).click();
    await expect(page.getByText("Остановлена").first()).toBeVisible();
    const before = (await twin.writes({ merchantUid })).length;
    await rival(goods, goods.start - 300);
    await page.goto(product);
    await check(page);
    await expect(page.getByText("Ждёт: отправка цен остановлена.").first()).toBeVisible();
    expect((await twin.writes({ merchantUid })).length).toBe(before);
    expect(await kaspiPrice(goods)).toBe(goods.start);
  });
});
