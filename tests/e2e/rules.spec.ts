import type { Page } from "@playwright/test";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";

const panel = (page: Page) => page.getByRole("region", { name: "Правило", exact: true });
const window = (page: Page) => page.getByRole("dialog");

/** Once it has been read from Kaspi. */
async function openProduct(page: Page, sku: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/products?q=${sku}`);
    await page.locator("tbody").getByRole("link").first().click({ timeout: 3_000 });
    await page.waitForURL(/\/products\/[0-9a-f-]+/, { timeout: 3_000 });
  }).toPass();
}

async function openRule(page: Page): Promise<void> {
  await panel(page).getByRole("button", { name: "Изменить", exact: true }).click();
}

test("a rule is chosen by name, looked at, saved and put back", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await connectSmallShop(page);
  const goods = await goodsFor("rule");
  await goods.rival(Math.round(goods.start * 0.96));
  await openProduct(page, goods.sku);
  await page.getByRole("button", { name: "Проверить сейчас" }).click();
  await expect(page.getByRole("region", { name: "Как стать первым" })).toBeVisible();

  await test.step("a template fills the form, which stays as it can be edited", async () => {
    await openRule(page);
    const choice = window(page).getByRole("button", { name: "Место 2–3" });
    await choice.click();
    await expect(choice).toHaveAttribute("aria-pressed", "true");
    await expect(window(page).getByText(/под третьим соперником/)).toBeVisible();
    await window(page).getByRole("button", { name: "Посмотреть, что изменится" }).click();
    await expect(window(page).getByText("Что стало бы с ценами")).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "rule-look");
    await window(page).getByRole("button", { name: "Сохранить правило" }).click();
    await expect(window(page)).toBeHidden();
  });

  await test.step("a seller is left out by name, found while one types", async () => {
    await openRule(page);
    await window(page).getByText("Кого считать соперником").click();
    await window(page).getByLabel("Кого не считать").selectOption("выбранных продавцов");
    const search = window(page).getByRole("combobox", { name: "Не считать этих продавцов" });
    await search.fill("990001");
    const found = window(page).getByRole("listbox", { name: "Найденные продавцы" });
    await expect(found.getByRole("option").first()).toContainText("990001");
    await expectAccessible();
    await takeScreenshots(page, "rule-sellers");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(found).toBeHidden();
    const chosen = window(page).getByRole("list", { name: "Не считать этих продавцов" });
    await expect(chosen).toContainText("990001");
    await chosen.getByRole("button", { name: /^Убрать/ }).click();
    await expect(chosen).toBeHidden();
    await expect(search).toBeFocused();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(window(page)).toBeHidden();
  });

  await test.step("what is to become of it as it runs out is said, put into words, and kept", async () => {
    await openRule(page);
    await window(page).getByText("Особые случаи").click();
    await window(page).getByLabel("Товар заканчивается").selectOption("ставить максимум");
    await window(page).getByRole("button", { name: "Сохранить правило" }).click();
    await expect(window(page).getByText("Заполните поле")).toBeVisible();
    await window(page).getByLabel("Если остатка хватит не больше чем на, дней").fill("7");
    await expect(window(page).getByText(/хватит на 7 дн\..*поставить максимум/)).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "rule-stock");
    await window(page).getByRole("button", { name: "Сохранить правило" }).click();
    await expect(window(page)).toBeHidden();
  });

  await test.step("nothing of its own is a version, and the one before is put back", async () => {
    await openRule(page);
    await window(page).getByRole("button", { name: "Как в магазине" }).click();
    await window(page).getByRole("button", { name: "Сохранить правило" }).click();
    await expect(window(page)).toBeHidden();
    await panel(page).getByRole("button", { name: "История правила" }).click();
    await expect(window(page).getByText("действует сейчас")).toBeVisible();
    await expect(window(page).getByRole("listitem")).toHaveCount(3);
    await expectAccessible();
    await takeScreenshots(page, "rule-history");
    await window(page).getByRole("button", { name: "Вернуть" }).first().click();
    const question = page.getByRole("alertdialog");
    await question.getByRole("button", { name: "Вернуть" }).click();
    await expect(question).toBeHidden();
    await expect(
      panel(page)
        .getByText(/Встать|соперник/)
        .first(),
    ).toBeVisible();
  });

  await test.step("what would make it first is done in one press", async () => {
    const first = page.getByRole("region", { name: "Как стать первым" });
    await expect(first.getByText(/Нужна цена/)).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "first-place");
  });

  await test.step("another product takes the rule over, as a draft", async () => {
    const other = await goodsFor("rule taken over");
    await openProduct(page, other.sku);
    await openRule(page);
    await window(page).getByRole("button", { name: "Как у товара…" }).click();
    const picker = page.getByRole("dialog", { name: "Как у товара" });
    await picker.getByLabel("Название или артикул").fill(goods.sku);
    await picker.getByRole("button").filter({ hasText: goods.sku }).click();
    await expect(picker).toBeHidden();
    await expect(window(page).getByRole("button", { name: "Место 2–3" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
  });

  await test.step("a store's rule is looked at before it can be saved", async () => {
    await page.goto("/stores");
    await page.getByRole("link", { name: "Изменить правило" }).first().click();
    await window(page).getByRole("button", { name: "Как лидер" }).click();
    await expect(window(page).getByRole("button", { name: "Сохранить правило" })).toBeHidden();
    await window(page).getByRole("button", { name: "Посмотреть, что изменится" }).click();
    await expect(window(page).getByText("Что стало бы с ценами")).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "store-rule-look");
    await window(page).getByRole("button", { name: "Сохранить правило" }).click();
    await expect(window(page)).toBeHidden();
  });
});
