import type { Page } from "@playwright/test";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, smallShop } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const { merchantUid } = smallShop;
const rowOf = (page: Page, code: string) => page.getByRole("row").filter({ hasText: code });

async function storeId(): Promise<string> {
  const [store] = await inOfficeDatabase(
    (sql) => sql`select id from stores where name = ${smallShop.name}`,
  );
  return store?.id ?? "";
}

test("orders come, are worked on and are taken as a file", async ({ page, expectAccessible }) => {
  await signIn(page);
  await connectSmallShop(page);
  const store = await storeId();
  await page.goto(`/orders?store=${store}`);
  await expect(page.getByRole("heading", { name: "Заказов пока нет" })).toBeVisible();
  await takeScreenshots(page, "orders-none");
  const hour = 3_600_000;
  const { now } = await twin.now();
  await twin.seedOrders({ merchantUid, days: 4, perDay: 6 });
  const created = (hours: number) => now - hours * hour;
  const [fresh, pickup] = [
    await twin.addOrder({ merchantUid, isKaspiDelivery: true, createdAt: created(1) }),
    await twin.addOrder({
      ...{ merchantUid, isKaspiDelivery: false, deliveryMode: "DELIVERY_PICKUP" },
      ...{ state: "PICKUP", status: "ACCEPTED_BY_MERCHANT", createdAt: created(2) },
    }),
  ];

  await test.step("without a token the active ones come from the cabinet, and the page says so", async () => {
    await page.getByRole("button", { name: "Прочитать заказы сейчас" }).click();
    await expect(rowOf(page, fresh.code)).toBeVisible();
    await expect(page.getByText("Нет токена: только активные заказы")).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "orders-no-token");
    await page.getByRole("link", { name: smallShop.name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/stores/${store}#token`));
  });

  await test.step("with a token they all come, the archive as well", async () => {
    const { merchants } = await twin.about();
    const token = merchants.find(({ uid }) => uid === merchantUid)?.token ?? "";
    await page.getByLabel("Токен", { exact: true }).fill(token);
    await page.getByRole("button", { name: "Проверить и сохранить" }).click();
    await expect(page.getByText("Токен действует и сохранён.")).toBeVisible();
    await page.goto(`/orders?store=${store}`);
    await page.getByRole("button", { name: "Прочитать заказы сейчас" }).click();
    await expect(page.getByText("Нет токена")).toBeHidden();
    const tabs = page.getByRole("navigation", { name: "Вкладки заказов" });
    await expect(tabs.getByRole("link", { name: /^Новые \d+/ })).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "orders");
  });

  await test.step("a search that finds nothing here finds it in all tabs", async () => {
    await page.getByPlaceholder("Номер, артикул, товар, покупатель").fill(pickup.code);
    await expect(page.getByRole("heading", { name: "Ничего не нашлось" })).toBeVisible();
    await takeScreenshots(page, "orders-nothing-found");
    await page.getByRole("link", { name: "Искать во всех" }).click();
    await expect(rowOf(page, pickup.code)).toBeVisible();
  });

  await test.step("an order is accepted and packed, each asked back", async () => {
    await page.goto(`/orders?store=${store}`);
    await rowOf(page, fresh.code).getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: `Заказ ${fresh.code}` })).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "order-new");
    await page.getByRole("button", { name: "Принять заказ" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Принять заказ" }).click();
    await page.getByRole("button", { name: "Заказ собран" }).click();
    const window = page.getByRole("dialog");
    await window.getByLabel("Сколько мест").fill("0");
    await window.getByRole("button", { name: "Заказ собран" }).click();
    await expect(window.getByText("Мест от 1 до 100.")).toBeVisible();
    await window.getByLabel("Сколько мест").fill("2");
    await expectAccessible();
    await takeScreenshots(page, "order-packing");
    await window.getByRole("button", { name: "Заказ собран" }).click();
    await expect(window).toBeHidden();
    await expect(page.getByRole("link", { name: /^Накладная/ })).toBeVisible();
    const { parcels } = await twin.order({ merchantUid, code: fresh.code });
    expect(parcels).toBe(2);
    await expectAccessible();
    await takeScreenshots(page, "order-packed");
  });

  await test.step("an order is handed over with the buyer's code", async () => {
    await page.goto(`/orders?store=${store}&tab=pickup&q=${pickup.code}`);
    await rowOf(page, pickup.code).getByRole("link").first().click();
    await page.getByRole("button", { name: "Выдать заказ" }).click();
    const window = page.getByRole("dialog");
    await window.getByRole("button", { name: "Отправить код покупателю" }).click();
    await expect(window.getByRole("button", { name: "Отправить ещё раз" })).toBeVisible();
    const { securityCode } = await twin.order({ merchantUid, code: pickup.code });
    await window.getByLabel("Код из СМС").fill("99999");
    await window.getByRole("button", { name: "Выдать заказ" }).click();
    await expect(window.getByText(/Kaspi не принял код/)).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "order-code");
    await window.getByLabel("Код из СМС").fill(securityCode ?? "");
    await window.getByRole("button", { name: "Выдать заказ" }).click();
    await expect(window).toBeHidden();
    await expect(page.getByText("Выдан").first()).toBeVisible();
  });

  await test.step("the list leaves as a file", async () => {
    await page.goto(`/orders?store=${store}&tab=all`);
    await page.getByRole("button", { name: "Скачать", exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Excel" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^duken-orders-.*\.xlsx$/);
    await takeScreenshots(page, "orders-all");
  });
});
