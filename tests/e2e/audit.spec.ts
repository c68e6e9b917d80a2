import { demoOwner } from "@/lib/auth/demo";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test("whoever asks what was done finds it: narrowed, opened, and as a file", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await page.goto("/settings");
  await page.getByLabel("Имя").fill("Хозяин офиса");
  await page.getByRole("button", { name: "Сохранить" }).first().click();
  await expect(page.getByText("Хозяин офиса").first()).toBeVisible();
  await page.getByRole("link", { name: "Журнал действий" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Журнал действий");
  const table = page.getByRole("table", { name: "Записи журнала" });
  const changed = table.getByRole("row").filter({ hasText: "Изменены свои данные" }).first();
  await expect(changed).toContainText("→ Хозяин офиса");
  await expectAccessible();
  await takeScreenshots(page, "audit");

  await page.getByLabel("Что", { exact: true }).selectOption({ label: "Свои учётные записи" });
  await expect(page).toHaveURL(/action=user/);
  await expect(changed).toBeVisible();
  await changed.getByRole("link", { name: /Подробнее/ }).click();
  const panel = page.getByRole("dialog");
  await expect(panel).toContainText(/127\.0\.0\.1|::1|адрес неизвестен/);
  await expect(panel).toContainText("user.profile_changed");
  await expectAccessible();
  await panel.getByRole("link", { name: "Всё по этому запросу" }).click();
  await expect(page).toHaveURL(/request=/);
  await expect(table.getByRole("row")).toHaveCount(2);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Скачать" }).click();
  await page.getByRole("link", { name: "Excel" }).click();
  expect((await download).suggestedFilename()).toMatch(/^duken-audit-.*\.xlsx$/);

  await page.goto("/settings");
  await page.getByLabel("Имя").fill(demoOwner.name);
  await page.getByRole("button", { name: "Сохранить" }).first().click();
  await expect(page.getByText("Сохранено.")).toBeVisible();
});
