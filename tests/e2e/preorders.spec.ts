import type { Download, Page } from "@playwright/test";
import Excel from "exceljs";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor, smallShop } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const { merchantUid } = smallShop;
const rowOf = (page: Page, sku: string) => page.getByRole("row").filter({ hasText: sku });

/** What buyers are told of each point. */
async function daysOf(sku: string): Promise<(number | null)[]> {
  const { points } = await twin.offer({ merchantUid, sku });
  return (points ?? []).map(({ preOrder }) => preOrder);
}

async function firstSheet(download: Download): Promise<Excel.Workbook> {
  const book = new Excel.Workbook();
  await book.xlsx.readFile(await download.path());
  return book;
}

test("goods are sold before they are here: made, sent, seen, taken as a file, and put back", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await page.goto("/preorders");
  await expect(page.getByRole("heading", { name: "Предзаказов пока нет" })).toBeVisible();
  await takeScreenshots(page, "preorders-none");
  await connectSmallShop(page);
  const [one, other] = [await goodsFor("preorder, one"), await goodsFor("preorder, other")];
  const before = await twin.offer({ merchantUid, sku: one.sku });

  await test.step("two products are chosen, and one form is for both", async () => {
    await expect(async () => {
      // Other specs have connected other shops.
      const [store] = await inOfficeDatabase(
        (sql) => sql`select id from stores where name = ${smallShop.name}`,
      );
      await page.goto(`/products?store=${store?.id}`);
      await expect(rowOf(page, other.sku)).toBeVisible({ timeout: 2_000 });
    }).toPass();
    for (const { sku } of [one, other]) await rowOf(page, sku).getByRole("checkbox").check();
    await page
      .getByRole("region", { name: "Выбранные товары" })
      .getByRole("button", { name: "Предзаказ" })
      .click();
    const window = page.getByRole("dialog");
    await expect(window.getByText("Предзаказ получат 2 товара")).toBeVisible();
    await window.getByRole("button", { name: "Создать и отправить на Kaspi" }).click();
    await expect(window.getByText("Укажите целое число дней от 0 до 30.")).toBeVisible();
    await expect(window.getByText("Укажите количество хотя бы на одной точке.")).toBeVisible();
    await window.getByLabel("Через сколько дней придёт").fill("9");
    await window.getByLabel(/^PP1/).fill("5");
    await expectAccessible();
    await takeScreenshots(page, "preorders-new");
    await window.getByRole("button", { name: "Создать и отправить на Kaspi" }).click();
    await expect(window).toBeHidden();
  });

  await test.step("both are active once Kaspi shows them", async () => {
    await page.goto("/preorders");
    for (const { sku } of [one, other]) await expect(rowOf(page, sku)).toContainText("Действует");
    expect(new Set(await daysOf(one.sku))).toEqual(new Set([9]));
    await expect(page.getByRole("region", { name: "Итоги" })).toContainText("2действуют");
    await expectAccessible();
    await takeScreenshots(page, "preorders");
  });

  await test.step("the file is Kaspi's own table, after a word of warning", async () => {
    await page.getByRole("button", { name: "В файл для Kaspi" }).click();
    const window = page.getByRole("dialog");
    await expect(window.getByText(/остальные товары магазина снимутся с продажи/)).toBeVisible();
    await expect(window.getByRole("link", { name: "Полный прайс-лист" })).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "preorders-file");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      window.getByRole("link", { name: "Скачать только предзаказы" }).click(),
    ]);
    const book = await firstSheet(download);
    const [goods, words] = book.worksheets;
    expect(goods?.getRow(1).values).toEqual([
      undefined,
      ...["SKU", "model", "brand", "price", "PP1", "PP2", "PP3", "PP4", "PP5", "preorder"],
    ]);
    expect(words?.getRow(1).values).toEqual([undefined, "Параметр", "Описание"]);
    const lines = [2, 3].map((nth) => goods?.getRow(nth).values as unknown[]);
    expect(lines.map(([, sku]) => sku).sort()).toEqual([one.sku, other.sku].sort());
    expect(lines.map((line) => line.slice(5))).toEqual([
      [5, 0, 0, 0, 0, 9],
      [5, 0, 0, 0, 0, 9],
    ]);
  });

  await test.step("one is cancelled, and Kaspi has it as it was", async () => {
    await rowOf(page, one.sku)
      .getByRole("link", { name: /^Подробнее/ })
      .click();
    const panel = page.getByRole("dialog");
    await expectAccessible();
    await takeScreenshots(page, "preorder");
    await panel.getByRole("button", { name: "Отменить предзаказ" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Отменить предзаказ" }).click();
    await expect(page.getByRole("alertdialog")).toBeHidden();
    await page.goto("/preorders?status=cancelled");
    await expect(async () => {
      await page.reload();
      await expect(rowOf(page, one.sku)).toContainText("Отменён", { timeout: 2_000 });
    }).toPass();
    const after = await twin.offer({ merchantUid, sku: one.sku });
    expect(after.points?.map(({ preOrder }) => preOrder || null)).toEqual(
      before.points?.map(({ preOrder }) => preOrder || null),
    );
    expect(after.prices).toEqual(before.prices);
    expect(after.onSale).toBe(true);
  });

  await test.step("the goods of the other have come", async () => {
    await page.goto(`/products?q=${encodeURIComponent(other.sku)}`);
    await rowOf(page, other.sku).getByRole("link").first().click();
    const shown = page.getByRole("region", { name: "Предзаказ" });
    await expect(shown).toContainText("Действует");
    await shown.getByRole("link", { name: "Открыть предзаказ" }).click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("button", { name: "Товар пришёл" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Товар пришёл" }).click();
    await expect(async () => {
      await page.goto("/preorders?status=completed");
      await expect(rowOf(page, other.sku)).toBeVisible({ timeout: 2_000 });
    }).toPass();
    expect(new Set(await daysOf(other.sku))).toEqual(new Set([0]));
  });
});
