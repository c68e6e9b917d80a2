import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import Excel from "exceljs";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";

type Cells = Record<string, Record<string, string | number>>;

/** The downloaded workbook as its seller saves it, with these cells changed by article and header. */
async function edited(download: Download, changes: Cells): Promise<Buffer> {
  const workbook = new Excel.Workbook();
  const file = await readFile(await download.path());
  await workbook.xlsx.load(file as unknown as Excel.Buffer);
  const [sheet] = workbook.worksheets;
  const heads = (sheet?.getRow(1).values ?? []) as string[];
  sheet?.eachRow((row) => {
    const change = changes[String(row.getCell(1).value)] ?? {};
    for (const [head, value] of Object.entries(change)) {
      expect(heads).toContain(head);
      row.getCell(heads.indexOf(head)).value = value;
    }
  });
  return Buffer.from((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
}

async function uploadTable(page: Page, buffer: Buffer): Promise<void> {
  await page.goto("/products/import");
  await page.locator("input[type=file]").setInputFiles({
    name: "мои-товары.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer,
  });
  await page.getByRole("button", { name: "Посмотреть, что изменится" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "мои-товары.xlsx" })).toBeVisible();
}

async function downloadTable(page: Page, search: string): Promise<Download> {
  await page.goto(`/products?q=${encodeURIComponent(search)}`);
  await page.getByRole("button", { name: "Скачать" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Excel" }).click(),
  ]);
  return download;
}

test("a table is downloaded, changed in Excel, looked at, applied and taken back", async ({
  page,
  expectAccessible,
}) => {
  test.slow();
  await signIn(page);
  await connectSmallShop(page);
  const one = await goodsFor("table by file, one");
  const other = await goodsFor("table by file, other");
  const row = page.getByRole("row").filter({ hasText: one.sku });
  await expect(async () => {
    await page.goto(`/products?q=${encodeURIComponent(one.sku)}`);
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass();

  await page.getByRole("button", { name: "Скачать" }).click();
  await expectAccessible();
  await takeScreenshots(page, "table-download");
  const download = await downloadTable(page, "");
  expect(download.suggestedFilename()).toMatch(/^duken-products-\d{4}-\d\d-\d\d\.xlsx$/);

  await page.goto("/products/import");
  await expectAccessible();
  await takeScreenshots(page, "table-upload");
  const floor = Math.round(one.start * 0.8);
  const file = await edited(download, {
    [one.sku]: { "Минимум, ₸": floor, Заметка: "из таблицы", "Остаток у нас, PP1": 5 },
    [other.sku]: { "Минимум, ₸": "дорого", "Максимум, ₸": other.start * 2 },
  });
  await uploadTable(page, file);
  await expect(page.getByText("1 строка с ошибками не изменится.")).toBeVisible();
  const changes = page.getByRole("table", { name: "Что изменится" });
  await expect(changes.getByRole("row").filter({ hasText: "Заметка" })).toContainText("из таблицы");
  await expectAccessible();
  await takeScreenshots(page, "table-changes");
  await page.getByText(/^Ошибки/).click();
  await expect(page.getByText("Введите число цифрами")).toBeVisible();
  await expect(changes.getByRole("row").filter({ hasText: "Введите число" })).toContainText(
    "дорого",
  );
  await takeScreenshots(page, "table-errors");
  await page.getByRole("button", { name: "Изменить 1 товар" }).click();
  await expect(page.getByText("Изменили 1 товар.")).toBeVisible();

  await page.goto(`/products?q=${encodeURIComponent(one.sku)}`);
  await row.getByRole("link").first().click();
  const stock = page.getByRole("region", { name: "Остаток у нас" });
  await expect(stock.getByRole("textbox").first()).toHaveValue("5");
  await stock.getByRole("textbox").first().fill("6");
  await stock.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Остаток сохранён")).toBeVisible();
  await takeScreenshots(page, "product-stock");

  await test.step("the same file again: what was changed here since is disputed", async () => {
    await uploadTable(page, file);
    await expect(page.getByText("После скачивания эти ячейки изменили")).toBeVisible();
    const disputed = page.getByRole("row").filter({ hasText: "Остаток у нас, PP1" });
    await expect(disputed).toContainText("В файле скачали: пусто");
    await expectAccessible();
    await takeScreenshots(page, "table-conflict");
    await disputed.getByRole("checkbox").check();
    await expect(page.getByRole("button", { name: "Изменить 1 товар" })).toBeVisible();
    await disputed.getByRole("checkbox").uncheck();
    await expect(page.getByText("Изменений нет")).toBeVisible();
  });

  await test.step("one press takes it back, and names what was changed since", async () => {
    await page.goto("/products/import");
    await takeScreenshots(page, "table-recent");
    await page.getByRole("listitem").filter({ hasText: "применена" }).getByRole("link").click();
    await page.getByRole("button", { name: "Отменить загрузку" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Отменить загрузку" }).click();
    await expect(page.getByText("Не вернули 1 ячейку")).toBeVisible();
    await expect(page.getByText("с тех пор изменили ещё раз")).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "table-undone");
  });
});

test.describe("a file that is no table", () => {
  test.use({ expectedConsoleErrors: [/422/] });

  test("is refused in plain words", async ({ page }) => {
    await signIn(page);
    await page.goto("/products/import");
    await page.locator("input[type=file]").setInputFiles({
      name: "photo.xlsx",
      mimeType: "image/png",
      buffer: Buffer.from("\u0089PNG\0not a table"),
    });
    await page.getByRole("button", { name: "Посмотреть, что изменится" }).click();
    await expect(page.getByText("Файл не читается")).toBeVisible();
  });
});
