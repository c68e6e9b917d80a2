import type { Locator, Page } from "@playwright/test";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop } from "./support/small-shop";
import { expect, test } from "./support/test";

const pages = 50;

const bar = (page: Page) => page.getByRole("region", { name: "Выбранные товары" });
const outcome = (page: Page) => page.getByRole("region", { name: "Изменение многих товаров" });
const floors = (page: Page) => page.getByRole("button", { name: /^Минимум,/ });

async function selectPage(page: Page): Promise<Locator> {
  await page.getByLabel("Выбрать все товары на странице").check();
  return bar(page);
}

test("many products are narrowed, changed and put back", async ({ page, expectAccessible }) => {
  await signIn(page);
  await connectSmallShop(page);
  await expect(async () => {
    await page.goto("/products");
    await expect(page.getByText(new RegExp(`из ${pages}`)).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();

  await test.step("a column is put away, and is away in the very first byte of a reload", async () => {
    await page.getByRole("button", { name: "Столбцы" }).click();
    await page.getByRole("checkbox", { name: "Соперник" }).uncheck();
    await page.getByRole("checkbox", { name: "Категория" }).check();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("columnheader", { name: "Соперник" })).toBeHidden();
    const html = await (await page.request.get("/products")).text();
    const heads = html.slice(html.indexOf("<thead"), html.indexOf("</thead"));
    expect(heads).not.toContain("Соперник");
    expect(heads).toContain("Категория");
  });

  await test.step("a bot without a floor cannot be switched on, and the window says why", async () => {
    await (await selectPage(page)).getByRole("button", { name: "Включить бот" }).click();
    const window = page.getByRole("dialog");
    await expect(window.getByText(/нет минимума/)).toBeVisible();
    await expect(window.getByRole("button", { name: "Менять нечего" })).toBeDisabled();
    await expectAccessible();
    await page.keyboard.press("Escape");
    await bar(page).getByRole("button", { name: "Снять выбор" }).click();
  });

  await test.step("filters narrow the list and stand in the address", async () => {
    await page.getByRole("button", { name: "Фильтры" }).click();
    await page.getByLabel("Цена от, ₸").fill("5000");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/from=5000/);
    await expectAccessible();
    await page
      .getByRole("group", { name: "Фильтры списка" })
      .getByLabel("Место")
      .selectOption("unread");
    await expect(page).toHaveURL(/place=unread/);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /Убрать: Место/ }).click();
    await expect(page).not.toHaveURL(/place=/);
  });

  await test.step("a share of the price is previewed with its worst case", async () => {
    await (await selectPage(page)).getByRole("button", { name: "Минимум", exact: true }).click();
    const window = page.getByRole("dialog");
    await window.getByLabel("Новый минимум").fill("дёшево");
    await window.getByRole("button", { name: "Посмотреть, что изменится" }).click();
    await expect(window.getByText(/Нужен процент от цены/)).toBeVisible();
    await window.getByLabel("Новый минимум").fill("90");
    await window.getByRole("button", { name: "Посмотреть, что изменится" }).click();
    await expect(window.getByText(/Худший случай: .* на 10\s%/)).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "bulk-window");
    await window.getByRole("button", { name: /^Изменить/ }).click();
    await expect(outcome(page)).toContainText(/Минимум 90\s% от цены\. Изменен/);
    await expect(bar(page)).toBeHidden();
    await expect(floors(page).first()).not.toHaveText("задать");
  });

  await test.step("all of the filter are taken, and the list shows them", async () => {
    await page
      .getByLabel(/^Выбрать: /)
      .first()
      .check();
    await bar(page)
      .getByRole("button", { name: /Выбрать все \d+ по этому фильтру/ })
      .click();
    await expect(bar(page)).toContainText(/по этому фильтру/);
    await expectAccessible();
    await takeScreenshots(page, "products-selected");
    await bar(page).getByRole("button", { name: "Включить бот" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Включить у/ })
      .click();
    await expect(outcome(page)).toContainText(/Включение бота\. Изменен/);
    await expect(page.getByRole("switch").first()).toBeChecked();
  });

  await test.step("the whole change is put back", async () => {
    await outcome(page).getByRole("button", { name: "Вернуть как было" }).click();
    await expect(outcome(page)).toContainText(/Возврат: Включение бота\. Изменен/);
    await expect(page.getByRole("switch").first()).not.toBeChecked();
    await outcome(page).getByRole("button", { name: "Закрыть" }).click();
    await page.reload();
    await expect(outcome(page)).toBeHidden();
  });

  await test.step("the minimums are taken away again", async () => {
    await (await selectPage(page)).getByRole("button", { name: "Минимум", exact: true }).click();
    const window = page.getByRole("dialog");
    await window.getByText("Убрать", { exact: true }).click();
    await window.getByRole("button", { name: "Посмотреть, что изменится" }).click();
    await window.getByRole("button", { name: /^Изменить/ }).click();
    await expect(outcome(page)).toContainText(/Изменен/);
    await expect(floors(page).first()).toHaveText("задать");
  });
});
