import type { Locator, Page } from "@playwright/test";
import { productRow, shownAmount } from "./support/product-row";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, smallShop } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const [dear, alone] = [0, 1];

/** The small training shop's goods on sale, the same in every test. */
async function goods(index: number): Promise<{ sku: string; price: number }> {
  const offers = await twin.offers({ merchantUid: smallShop.merchantUid, onSale: true, limit: 50 });
  const found = offers.flatMap(({ sku, prices }) => {
    const price = Object.values(prices)[0] ?? 0;
    return price > 5_000 ? [{ sku, price }] : [];
  })[index];
  if (!found) throw new Error("no goods for this test");
  return found;
}

async function type(page: Page, row: Locator, limit: "Минимум" | "Максимум", text: string) {
  await row.getByRole("button", { name: new RegExp(`^${limit}`) }).click();
  await page.getByRole("textbox", { name: new RegExp(`^${limit}`) }).fill(text);
  await page.keyboard.press("Enter");
}

const floorOf = (row: Locator) => row.getByRole("button", { name: /^Минимум/ });

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("limits are typed in place, and what is wrong is said in words", async ({
  page,
  expectAccessible,
}) => {
  await connectSmallShop(page);
  const { sku, price } = await goods(dear);
  const row = await productRow(page, sku);
  const floor = price - 1_000;

  await test.step("a floor is saved at once and is there after a reload", async () => {
    await type(page, row, "Минимум", String(floor));
    await expect(floorOf(row)).toHaveText(shownAmount(floor));
    await expect(floorOf(row)).not.toHaveAttribute("aria-busy");
    await page.reload();
    await expect(floorOf(row)).toHaveText(shownAmount(floor));
  });

  await test.step("Esc leaves it as it was", async () => {
    await floorOf(row).click();
    await page.getByRole("textbox", { name: /^Минимум/ }).fill("1");
    await page.keyboard.press("Escape");
    await expect(floorOf(row)).toHaveText(shownAmount(floor));
  });

  await test.step("a ceiling under the floor is refused", async () => {
    await type(page, row, "Максимум", String(floor - 1));
    await expect(page.getByText(/Минимум .* выше максимума/).first()).toBeVisible();
    await expect(row.getByRole("button", { name: /^Максимум/ })).toHaveText("нет");
  });

  await test.step("a floor above the ceiling is refused", async () => {
    await type(page, row, "Максимум", String(price + 1_000));
    await expect(row.getByRole("button", { name: /^Максимум/ })).toHaveText(
      shownAmount(price + 1_000),
    );
    await type(page, row, "Минимум", String(price + 2_000));
    await expect(page.getByText(/Минимум .* выше максимума/).first()).toBeVisible();
    await expect(floorOf(row)).toHaveText(shownAmount(floor));
  });

  await test.step("negative amounts, text and tiyn are refused where they were typed", async () => {
    for (const nonsense of ["-500", "дёшево", "12,5"]) {
      await type(page, row, "Минимум", nonsense);
      await expect(page.getByText("Введите сумму в целых тенге, например 12 990.")).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(floorOf(row)).toHaveText(shownAmount(floor));
    }
  });

  await test.step("a price Kaspi would refuse is no floor", async () => {
    await type(page, row, "Минимум", "5");
    await expect(page.getByText(/Kaspi не принимает цены ниже 10/).first()).toBeVisible();
    await expect(floorOf(row)).toHaveText(shownAmount(floor));
  });

  await test.step("a floor with a digit missing is asked back", async () => {
    const slip = Math.floor(floor / 10);
    await type(page, row, "Минимум", String(slip));
    const doubt = page.getByRole("alertdialog");
    await expect(doubt).toContainText(/меньше половины цены/);
    await expectAccessible();
    await doubt.getByRole("button", { name: "Исправить" }).click();
    await expect(page.getByRole("textbox", { name: /^Минимум/ })).toHaveValue(shownAmount(slip));
    await page.keyboard.press("Escape");
    await expect(floorOf(row)).toHaveText(shownAmount(floor));
    await type(page, row, "Минимум", String(slip));
    await doubt.getByRole("button", { name: /^Сохранить/ }).click();
    await expect(floorOf(row)).toHaveText(shownAmount(slip));
  });

  await test.step("an emptied floor is cleared", async () => {
    await type(page, row, "Минимум", "");
    await expect(floorOf(row)).toHaveText("задать");
  });

  await page.goto("/products");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "products");
});

test("a bot without a floor does not switch on and says why", async ({ page }) => {
  const { sku } = await goods(alone);
  const row = await productRow(page, sku);
  const bot = row.getByRole("switch");
  await bot.click({ force: true });
  await expect(page.getByText(/Сначала задайте минимум/).first()).toBeVisible();
  await expect(bot).not.toBeChecked();
});

test("a price by hand keeps to the limits and asks back before a leap", async ({
  page,
  expectAccessible,
}) => {
  const { sku, price } = await goods(alone);
  const row = await productRow(page, sku);
  await type(page, row, "Минимум", String(price - 500));
  await expect(floorOf(row)).toHaveText(shownAmount(price - 500));
  await row.getByRole("link").first().click();

  const field = page.getByLabel("Новая цена");
  const put = page.getByRole("button", { name: "Поставить", exact: true });
  await field.fill(String(price - 501));
  await put.click();
  await expect(page.getByText(/ниже минимума/).first()).toBeVisible();

  await field.fill(String(price * 3));
  await put.click();
  await expect(page.getByRole("alertdialog")).toContainText(/сильно отличается от нынешней/);
  await page.keyboard.press("Escape");

  await field.fill(String(price + 10));
  await page.getByLabel(/Держать эту цену/).check();
  await put.click();
  await expect(page.getByText("Цена закреплена", { exact: true })).toBeVisible();
  await expect(page.getByText(/цену задали вручную/).first()).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "product");

  await page.getByRole("button", { name: "Вернуть боту" }).click();
  await expect(page.getByText("Цена закреплена", { exact: true })).toBeHidden();
});

test.describe(() => {
  test.use({ expectedConsoleErrors: [/404/] });

  test("an unknown or mistyped product is said not to be there", async ({ page }) => {
    for (const id of ["00000000-0000-4000-8000-000000000000", "nonsense"]) {
      await page.goto(`/products/${id}`);
      await expect(page.getByRole("heading", { name: "Такого товара нет" })).toBeVisible();
    }
  });
});
