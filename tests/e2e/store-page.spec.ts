import type { Page } from "@playwright/test";
import { agree, connectCabinet, twoStores } from "./support/cabinet";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const name = "ИП Сериков Алматы";
const phone = { width: 390, height: 844 };

const panel = (page: Page, title: string) => page.getByRole("region", { name: title });

async function open(page: Page): Promise<void> {
  await page.goto("/stores");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
}

/** Presses a button that holds the store back or lets it go, and agrees. */
const hold = (page: Page, button: string, act: string) =>
  agree(
    page,
    panel(page, "Придержать магазин").getByRole("button", { name: button, exact: true }),
    act,
  );

// One store through everything that can be done with it.
test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await twin.clearFaults();
  await signIn(page);
});

test("a store's page answers what stands still, where its points are and how Kaspi answers", async ({
  page,
  expectAccessible,
}) => {
  await connectCabinet(page, twoStores);
  await open(page);
  await expect(panel(page, "Последние обновления товаров")).toContainText("прочитано всё");
  await page.reload();
  await expect(panel(page, "Что стоит и почему")).toContainText("Ничего не остановлено");
  await expect(panel(page, "Города и точки выдачи")).toContainText("Главный город: Талгар");
  const list = panel(page, "Последние ответы Kaspi").getByRole("row", { name: /Список товаров/ });
  await expect(list).toContainText("не было");
  await expectAccessible();
  await takeScreenshots(page, "store-page");
});

test("a store rests on pause, and says so wherever it is shown", async ({
  page,
  expectAccessible,
}) => {
  await open(page);
  await hold(page, "Поставить на паузу", "Поставить");
  const stops = panel(page, "Что стоит и почему");
  await expect(stops).toContainText("Магазин на паузе: Айгерим");
  await expect(page.getByRole("button", { name: "Обновить товары" })).toBeHidden();
  await hold(page, "Остановить отправку", "Остановить");
  await expect(stops).toContainText("Отправка цен этого магазина остановлена: Айгерим");
  await expectAccessible();
  await takeScreenshots(page, "store-page-stopped");
  await page.goto("/stores");
  await expect(panel(page, name)).toContainText("на паузе");
  await open(page);
  await hold(page, "Возобновить", "Возобновить");
  await hold(page, "Снять паузу", "Снять паузу");
  await expect(stops).toContainText("Ничего не остановлено");
});

test("a store has our name here until it is given back", async ({ page }) => {
  await open(page);
  const window = page.getByRole("dialog");
  await page.getByRole("button", { name: "Переименовать" }).click();
  await window.getByLabel("Название").fill("Склад на Абая");
  await window.getByRole("button", { name: "Сохранить название" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Склад на Абая");
  await expect(page.getByText(`в Kaspi «${name}»`)).toBeVisible();
  await page.getByRole("button", { name: "Переименовать" }).click();
  await window.getByLabel("Название").fill("");
  await window.getByRole("button", { name: "Сохранить название" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("another city becomes the main one on a phone, and the products follow", async ({
  page,
  expectAccessible,
}) => {
  await page.setViewportSize(phone);
  await open(page);
  const points = panel(page, "Города и точки выдачи");
  await points.getByRole("button", { name: "Прочитать точки" }).click();
  await expect(page.getByText("Точки прочитаны.")).toBeVisible();
  await points.getByRole("button", { name: "Сделать главным: Алматы" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("50 товаров");
  await expectAccessible();
  await question.getByRole("button", { name: "Сделать главным" }).click();
  await expect(points).toContainText("Главный город: Алматы. Выбор: Айгерим");
  await expect(panel(page, "Последние обновления товаров")).toContainText("прочитано всё");
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test("a store nobody here has is not found", async ({ page, expectedConsoleErrors }) => {
  expectedConsoleErrors.push(/404/);
  await page.goto("/stores/00000000-0000-4000-8000-000000000000");
  await expect(page.getByRole("heading", { name: "Такого магазина нет" })).toBeVisible();
});
