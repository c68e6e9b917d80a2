import type { Page } from "@playwright/test";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const panel = (page: Page, title: string) => page.getByRole("region", { name: title });

test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await twin.clearFaults();
  await signIn(page);
});

async function openStore(page: Page): Promise<void> {
  await connectSmallShop(page);
  await page.goto("/stores");
  await page.getByRole("link", { name: "Лавка у дома", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Лавка у дома");
}

test("the connection is checked step by step, and a broken step is named", async ({
  page,
  expectAccessible,
}) => {
  await openStore(page);
  const check = panel(page, "Проверить связь");
  await check.getByRole("button", { name: "Проверить связь" }).click();
  await expect(check.getByText("Всё работает.")).toBeVisible();
  await expect(check.getByRole("listitem")).toHaveCount(6);
  await expect(check.getByText("Kaspi разрешает менять цены. Ничего не отправлено.")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "store-connection");

  await twin.setFault({ name: "session_403", at: ["configuration"] });
  await check.getByRole("button", { name: "Проверить связь" }).click();
  await expect(check.getByText("Есть неполадка")).toBeVisible();
  await expect(check.getByText("У этого входа нет прав")).toBeVisible();
});

test("a store may keep to the official interface, and says so until it need not", async ({
  page,
  expectAccessible,
}) => {
  await openStore(page);
  const mode = panel(page, "Каналы и режим");
  await mode.getByRole("button", { name: "Включить режим" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Включить режим" }).click();
  await expect(mode.getByText("Включён режим официального интерфейса")).toBeVisible();
  await expect(panel(page, "Что стоит и почему")).toContainText("официального интерфейса");
  await expectAccessible();
  await takeScreenshots(page, "store-official-only");
  await mode.getByRole("button", { name: "Выключить режим" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Выключить режим" }).click();
  // The panel is hidden while the question stands: only the button says that the mode is off.
  await expect(mode.getByRole("button", { name: "Включить режим" })).toBeVisible();
});

test("what works now says each way to Kaspi and what it means", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/overview");
  await page.getByRole("link", { name: "Что работает сейчас" }).click();
  const ways = panel(page, "Пути к Kaspi");
  await expect(ways.getByRole("listitem")).toHaveCount(5);
  await expect(ways).toContainText("Кабинет: товары");
  await expectAccessible();
  await takeScreenshots(page, "status");
});
