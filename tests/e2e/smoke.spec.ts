import { takeScreenshots } from "./support/screenshots";
import { expect, test } from "./support/test";

test("the health routes answer", async ({ request }) => {
  expect((await request.get("/health/")).status()).toBe(200);
});

test("the login page is there, in Russian and accessible", async ({ page, expectAccessible }) => {
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "Вход" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Войти" })).toBeEnabled();
  await expectAccessible();
  await takeScreenshots(page, "login");
});
