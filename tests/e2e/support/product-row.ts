import type { Locator, Page } from "@playwright/test";
import { expect } from "./test";

/** The row of a product in the list, which is opened until the product has been synced. */
export async function productRow(page: Page, sku: string): Promise<Locator> {
  const row = page.getByRole("row").filter({ hasText: sku });
  await expect(async () => {
    await page.goto(`/products?q=${encodeURIComponent(sku)}`);
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return row;
}

/** An amount as pages show it, whichever space parts its thousands. */
export const shownAmount = (amount: number) =>
  new RegExp(String(amount).replace(/\B(?=(\d{3})+$)/g, "\\s"));
