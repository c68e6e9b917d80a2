import type { Locator, Page } from "@playwright/test";
import { expect } from "./test";

const MOST_STOPS = 250;

/** What the focus is on, and whether a person sees it there. */
const focusState = (page: Page) =>
  page.evaluate(() => {
    const on = document.activeElement;
    if (!on || on === document.body) return { name: "nothing", isSeen: true };
    const { outlineStyle, outlineWidth } = getComputedStyle(on);
    const hasRing = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
    // A box drawn for an input that is itself invisible.
    const beside = on.nextElementSibling ?? on.parentElement;
    const drawn = beside ? getComputedStyle(beside) : null;
    const hasDrawnRing = drawn !== null && drawn.outlineStyle !== "none";
    const name = `${on.tagName} ${on.getAttribute("aria-label") ?? on.textContent?.slice(0, 40)}`;
    return { name, isSeen: hasRing || hasDrawnRing };
  });

/** Goes on with Tab until the focus is there; every stop on the way must be seen. */
export async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    // A ring is drawn within a frame, and a busy machine takes its time for one.
    await expect.poll(() => focusState(page), "the focus is seen").toMatchObject({ isSeen: true });
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never came to ${target}`);
}

/** Opens with Enter, is entered at once or by the next Tab, closes with Escape, and is back where it was. */
export async function opensAndReturns(
  page: Page,
  { button, opened }: { button: Locator; opened: Locator },
  inside: () => Promise<void> = async () => {},
): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await expect(opened).toBeVisible();
  const holds = () => opened.evaluate((element) => element.contains(document.activeElement));
  if (!(await holds())) await page.keyboard.press("Tab");
  expect(await holds(), "the focus is inside what has opened").toBe(true);
  await inside();
  await page.keyboard.press("Escape");
  await expect(opened).toBeHidden();
  await expect(button).toBeFocused();
}
