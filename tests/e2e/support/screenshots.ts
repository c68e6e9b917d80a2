import type { Page } from "@playwright/test";

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const themes = ["light", "dark"] as const;

/**
 * In long runs takes the page in both sizes and themes into screenshots/<name>-<size>-<theme>.png (not
 * committed) and leaves it as it was.
 */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  if (process.env.LONG !== "1") return;
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: `screenshots/${name}-${size}-${colorScheme}.png`,
        fullPage: true,
        // Motion is reduced already; for more, styles would be put into a page that allows none.
        animations: "allow",
        caret: "initial",
      });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}
