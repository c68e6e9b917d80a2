import type { Page } from "@playwright/test";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

async function openProduct(page: Page, sku: string): Promise<void> {
  const row = page.getByRole("row").filter({ hasText: sku });
  await expect(async () => {
    await page.goto(`/products?q=${encodeURIComponent(sku)}`);
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

async function setRate(page: Page, panel: string, label: string, rate: string): Promise<void> {
  const region = page.getByRole("region", { name: panel, exact: true });
  await region.getByLabel(label).fill(rate);
  await region.getByLabel("Действует с").fill("2026-01-01");
  await region.getByLabel("Откуда цифры").fill("кабинет Kaspi, 1 января");
  await region.getByRole("button", { name: "Задать", exact: true }).click();
  await expect(region.getByText("действует").first()).toBeVisible();
}

test("tariffs, cost and the floor they make, from nothing set to a price that earns", async ({
  page,
  expectAccessible,
}) => {
  test.slow();
  await connectSmallShop(page);
  const { sku, start } = await goodsFor("cost by hand");
  await openProduct(page, sku);
  const panel = page.getByRole("region", { name: "Себестоимость и заработок" });
  await expect(panel.getByText("Минимум из себестоимости не посчитать")).toBeVisible();
  await expect(panel.getByText("не задана").first()).toBeVisible();
  await takeScreenshots(page, "costs-nothing-set");

  await page.goto("/settings/tariffs");
  await takeScreenshots(page, "tariffs-empty");
  await setRate(page, "Kaspi Pay", "Новый тариф", "1");
  await setRate(page, "Налог", "Новая ставка", "3");
  const commission = page.getByRole("region", { name: "Комиссия Kaspi по категориям" }).first();
  await commission.getByLabel("Новая комиссия, Остальные категории").fill("12,5");
  await commission.getByLabel("Действует с").fill("2026-01-01");
  await commission.getByRole("button", { name: "Задать комиссии" }).click();
  await expect(commission.getByText("12,5 %").first()).toBeVisible();

  const usual = page.getByRole("region", { name: "Обычные расходы" });
  await usual.getByLabel("Упаковка").fill("120");
  await usual.getByLabel("Прочие расходы").fill("0");
  await usual.getByLabel("Отмены и возвраты").fill("60");
  await usual.getByLabel("Доставка").selectOption("по городу");
  await usual.getByLabel("Доля от цены не меньше").fill("5");
  await usual.getByLabel("Действует с").fill("2026-01-01");
  await usual.getByRole("button", { name: "Задать", exact: true }).click();
  await expect(usual.getByText("действует").first()).toBeVisible();

  const delivery = page.getByRole("region", { name: "Доставка Kaspi" });
  await delivery.getByLabel("Доставка, строка 1").fill("800");
  await delivery.getByRole("button", { name: "Добавить строку" }).click();
  await delivery.getByLabel("Цена от, строка 2").fill(String(start + 1_000));
  await delivery.getByLabel("Доставка, строка 2").fill("2600");
  await delivery.getByLabel("Действует с").fill("2026-01-01");
  await delivery.getByRole("button", { name: "Задать таблицу" }).click();
  await expect(delivery.getByText("2 строки")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "tariffs");

  await openProduct(page, sku);
  await panel.getByRole("button", { name: "Изменить" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Себестоимость").fill("сто");
  await window.getByRole("button", { name: "Сохранить" }).click();
  await expect(window.getByText("Введите число цифрами")).toBeVisible();
  await window.getByLabel("Себестоимость").fill(String(Math.round(start * 0.6)));
  await expectAccessible();
  await takeScreenshots(page, "costs-form");
  await window.getByRole("button", { name: "Сохранить" }).click();
  await expect(window).toBeHidden();

  await expect(panel.getByText("Сейчас это не действует")).toBeVisible();
  await expect(panel.getByRole("row", { name: /Остаётся вам/ })).toBeVisible();
  await panel.getByRole("switch").click();
  await expect(panel.getByText("Бот не опустит цену ниже")).toBeVisible();
  await expect(page.getByText("Действует минимум из себестоимости")).toBeVisible();
  await panel.getByText("Какие тарифы взяты").click();
  await expect(panel.getByText("кабинет Kaspi, 1 января").first()).toBeVisible();
  await panel.getByText("Те же числа таблицей").click();
  await panel.getByText("Как менялась себестоимость").click();
  await expectAccessible();
  await takeScreenshots(page, "costs-panel");
  await page.getByRole("switch", { name: /^Бот/ }).click();
  await expect(page.getByRole("switch", { name: /^Бот/ })).toBeChecked();

  await test.step("the ceiling comes from cost as well, where the rule says how far above it", async () => {
    const rule = page.getByRole("region", { name: "Правило", exact: true });
    await rule.getByRole("button", { name: "Изменить", exact: true }).click();
    await window.getByText("Осторожность").click();
    await window.getByLabel("Максимум", { exact: true }).selectOption("из себестоимости");
    const save = window.getByRole("button", { name: "Сохранить правило" });
    await save.click();
    await expect(window.getByText("Заполните поле.")).toBeVisible();
    await window.getByLabel("Максимум выше себестоимости на, %").fill("150");
    await expect(
      window.getByText("Максимум не выше себестоимости больше чем на 150 %"),
    ).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "ceiling-form");
    await save.click();
    await expect(window).toBeHidden();
    await expect(page.getByText(/Действует максимум .*: из себестоимости, плюс 150/)).toBeVisible();
    await takeScreenshots(page, "ceiling-from-cost");
  });

  // Its rivals go on moving: a bot left on would ask about its price in the middle of another test.
  await page.getByRole("switch", { name: /^Бот/ }).click();
  await expect(page.getByRole("switch", { name: /^Бот/ })).not.toBeChecked();
});

test("costs are loaded from a table after a look at what it would change", async ({
  page,
  expectAccessible,
}) => {
  await connectSmallShop(page);
  const one = await goodsFor("cost by file, one");
  const two = await goodsFor("cost by file, other");
  await openProduct(page, one.sku);
  await page.goto("/products/costs");
  const [template] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Скачать шаблон" }).click(),
  ]);
  expect(template.suggestedFilename()).toBe("duken-costs.xlsx");
  const lines = [
    "Артикул;Себестоимость, ₸;Упаковка, ₸",
    `${one.sku};${Math.round(one.start / 2)};100`,
    `${two.sku};дорого;100`,
    "нет-такого;100;100",
  ];
  await page.locator("input[type=file]").setInputFiles({
    name: "costs.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(lines.join("\n")),
  });
  await page.getByRole("button", { name: "Посмотреть, что изменится" }).click();
  await expect(page.getByText("Такого артикула нет среди ваших товаров.")).toBeVisible();
  await expect(page.getByText("Себестоимость, ₸: Введите число цифрами")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "costs-import");
  await page.getByRole("button", { name: "Сохранить 1 товар" }).click();
  await expect(page.getByText("Сохранили: 1.")).toBeVisible();

  await page.goto(`/products?filter=no_cost&q=${encodeURIComponent(one.sku)}`);
  await expect(page.getByRole("row").filter({ hasText: one.sku })).toBeHidden();
});
