import type { Page } from "@playwright/test";
import { demoOwner } from "@/lib/auth/demo";

/** Signs in through the login page and waits for the page behind it. */
export async function signIn(
  page: Page,
  who: { email: string; password: string } = demoOwner,
): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Почта").fill(who.email);
  await page.getByLabel("Пароль", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Войти", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
}
