import { request as http } from "@playwright/test";
import { demoOwner } from "@/lib/auth/demo";
import { office } from "./support/office";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** The status by the key alone: no browser, no cookie. */
async function statusBy(key: string, path: string) {
  const program = await http.newContext({
    baseURL: office().url,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  const answer = await program.get(path, { maxRedirects: 0 });
  const status = answer.status();
  await program.dispose();
  return status;
}

test("a key is made, shown once, used, and worth nothing once it is revoked", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await page.goto("/settings/keys");
  // The office's own, by which its bot asks it.
  await expect(page.getByRole("row").filter({ hasText: "Telegram" })).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Создать ключ" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Читать").uncheck();
  await window.getByRole("button", { name: "Создать ключ" }).click();
  await expect(window.getByText("Напишите имя.")).toBeVisible();
  await expect(window.getByText("Выберите хотя бы одно право.")).toBeVisible();
  await window.getByLabel("Для чего он").fill("Отчёт по утрам");
  await window.getByLabel("Читать").check();
  await window.getByLabel("Ваш пароль", { exact: true }).fill("not it at all");
  await window.getByRole("button", { name: "Создать ключ" }).click();
  await expect(window.getByText("Это не ваш нынешний пароль.")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "keys-new");
  await window.getByLabel("Ваш пароль", { exact: true }).fill(demoOwner.password);
  await window.getByRole("button", { name: "Создать ключ" }).click();
  const key = await window.getByRole("textbox", { name: "Ключ" }).inputValue();
  expect(key).toMatch(/^duken_[0-9A-Za-z]{38}$/);
  await expectAccessible();
  await takeScreenshots(page, "keys-made");
  await window.getByRole("button", { name: "Скопировать" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await window.getByRole("button", { name: "Ключ сохранён, закрыть" }).click();
  await page.reload();
  expect(await page.content()).not.toContain(key);

  for (const path of ["/api/v1/proxies/stats/", "/api/v1/proxies/stats"])
    expect(await statusBy(key, path), path).toBe(200);
  expect(await statusBy(key, "/decisions/export?format=csv")).toBe(403);
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "Отчёт по утрам" });
  await expect(row.getByText("ещё не было")).toHaveCount(0);
  await takeScreenshots(page, "keys");
  await row.getByRole("button", { name: "Отозвать" }).click();
  const question = page.getByRole("alertdialog");
  await expectAccessible();
  await takeScreenshots(page, "keys-revoke");
  await question.getByRole("button", { name: "Отозвать" }).click();
  await expect(question).toBeHidden();
  await expect(row).toBeHidden();
  expect(await statusBy(key, "/api/v1/proxies/stats/")).toBe(401);
});
