import type { Locator, Page } from "@playwright/test";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";

/** Longer than any page waits before it reads again. */
const A_WHILE_MS = 30_000;

const amount = (tenge: number) => new RegExp(String(tenge).replace(/\B(?=(\d{3})+$)/g, "\\s"));
const rowOf = (page: Page, sku: string) => page.getByRole("row").filter({ hasText: sku });
const floorOf = (row: Locator) => row.getByRole("button", { name: /^Минимум/ });
const ceilingOf = (row: Locator) => row.getByRole("button", { name: /^Максимум/ });

/** Somebody else at the same list; the clock of this page is the test's. */
async function another(page: Page, address: string): Promise<Page> {
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(address);
  return elsewhere;
}

async function typeFloor(page: Page, sku: string, text: string): Promise<void> {
  const floor = floorOf(rowOf(page, sku));
  await floor.click();
  await page.getByRole("textbox", { name: /^Минимум/ }).fill(text);
  await page.keyboard.press("Enter");
  await expect(floor).not.toHaveAttribute("aria-busy");
}

test.beforeEach(async ({ page }) => {
  await signIn(page);
  await connectSmallShop(page);
  await page.clock.install();
});

test("results arrive without a reload, and never over what is being typed", async ({ page }) => {
  const { sku, start } = await goodsFor("live result");
  const address = `/products?q=${encodeURIComponent(sku)}`;
  await expect(async () => {
    await page.goto(address);
    await expect(rowOf(page, sku)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const elsewhere = await another(page, address);
  let refreshes = 0;
  page.on("request", (request) => {
    const headers = request.headers();
    // After a refresh the links in sight are read ahead anew, whenever there is time for it.
    if (headers.rsc && !headers["next-router-prefetch"]) refreshes += 1;
  });

  await typeFloor(elsewhere, sku, String(start - 1_000));
  await page.clock.runFor(A_WHILE_MS);
  await expect(floorOf(rowOf(page, sku))).toHaveText(amount(start - 1_000));
  expect(refreshes).toBeGreaterThan(0);

  await ceilingOf(rowOf(page, sku)).click();
  const typed = page.getByRole("textbox", { name: /^Максимум/ });
  await typed.fill(String(start + 5_000));
  refreshes = 0;
  await typeFloor(elsewhere, sku, String(start - 900));
  await page.clock.runFor(A_WHILE_MS);
  expect(refreshes).toBe(0);
  await expect(typed).toHaveValue(String(start + 5_000));
  await expect(typed).toBeFocused();
  await page.keyboard.press("Escape");
  await page.clock.runFor(A_WHILE_MS);
  await expect(floorOf(rowOf(page, sku))).toHaveText(amount(start - 900));
  await typeFloor(elsewhere, sku, "");
});

test("rows that are sorted anew stay under the pointer until it leaves", async ({ page }) => {
  const [first, second] = [await goodsFor("live row, above"), await goodsFor("live row, below")];
  const elsewhere = await another(page, "/products?sort=-floor");
  for (const [goods, floor] of [
    [first, 9_000_001],
    [second, 9_000_000],
  ] as const) {
    await elsewhere.goto(`/products?q=${encodeURIComponent(goods.sku)}`);
    await typeFloor(elsewhere, goods.sku, String(floor));
  }
  await page.goto("/products?sort=-floor");
  const nth = (place: number) => page.getByRole("row").nth(place);
  await expect(nth(1)).toContainText(first.sku);
  await nth(1).hover();
  await typeFloor(elsewhere, second.sku, "9000002");
  await page.clock.runFor(A_WHILE_MS);
  await expect(floorOf(rowOf(page, second.sku))).toHaveText(amount(9_000_002));
  await expect(nth(1)).toContainText(first.sku);
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(nth(1)).toContainText(second.sku);
  for (const { sku } of [first, second]) {
    await elsewhere.goto(`/products?q=${encodeURIComponent(sku)}`);
    await typeFloor(elsewhere, sku, "");
  }
});
