import type { Page } from "@playwright/test";
import { keyOf } from "../../scripts/launcher/keys.mjs";
import { office } from "./support/office";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const panel = (page: Page) => page.getByRole("region", { name: "Telegram", exact: true });

test.beforeEach(async ({ page }) => {
  await inOfficeDatabase((sql) => sql`delete from telegram_links`);
  await signIn(page);
});

test("an account is linked while the page looks on, chosen what it hears, and unlinked", async ({
  page,
  request,
  expectAccessible,
}) => {
  await page.goto("/settings");
  const own = panel(page);
  await own.getByRole("button", { name: "Привязать Telegram" }).click();
  await expect(own.getByRole("img", { name: "Ссылка на бота картинкой" })).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "telegram-link");
  const [, token = ""] = /start (\S+)/.exec((await own.locator("code").textContent()) ?? "") ?? [];
  const link = own.getByRole("link", { name: "Открыть бота" });
  expect(await link.getAttribute("href")).toBe(`https://t.me/duken_test_bot?start=${token}`);

  const { url, dataDir } = office();
  const confirmed = await request.post(`${url}/api/v1/telegram/confirm/`, {
    headers: { authorization: `Bearer ${keyOf(dataDir, "bot-key")}` },
    data: { token, telegram_id: 700_000_001, username: "aigul" },
  });
  expect(confirmed.status()).toBe(200);
  await page.mouse.move(5, 5);
  await expect(own.getByText("Привязан @aigul")).toBeVisible({ timeout: 20_000 });

  await own.getByRole("checkbox", { name: "Прочее" }).uncheck();
  await own.getByLabel("Тихие часы с").fill("22:00");
  await own.getByRole("button", { name: "Сохранить" }).click();
  await expect(own.getByText("Укажите и начало, и конец")).toBeVisible();
  await own.getByLabel("до", { exact: true }).fill("08:00");
  await own.getByLabel("Напоминать до срока").selectOption({ label: "За час" });
  await own.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Уведомления сохранены")).toBeVisible();
  await page.reload();
  await expect(own.getByRole("checkbox", { name: "Прочее" })).not.toBeChecked();
  await expect(own.getByLabel("Тихие часы с")).toHaveValue("22:00");
  await own.getByRole("switch", { name: "Уведомления в Telegram" }).click();
  await expectAccessible();
  await takeScreenshots(page, "telegram-linked");

  await own.getByRole("button", { name: "Отвязать" }).click();
  const asked = page.getByRole("alertdialog");
  await asked.getByRole("button", { name: "Отвязать" }).click();
  await expect(own.getByRole("button", { name: "Привязать Telegram" })).toBeVisible();
});

test("notices stand behind the bell, and are put away one by one and all at once", async ({
  page,
  expectAccessible,
}) => {
  await inOfficeDatabase(async (sql) => {
    await sql`update notices set resolved_at = now() where resolved_at is null`;
    await sql`insert into notices (key, kind, severity, user_id, params)
      select 'task_due:' || n, 'task_due', 'warning', users.id,
        jsonb_build_object('task', repeat('a', 64), 'title', 'Принять поставку ' || n)
      from generate_series(1, 3) n, users where role = 'owner'`;
  });
  await page.goto("/notices");
  const lines = page.getByRole("main").getByRole("listitem");
  await expect(lines.filter({ hasText: "Срок задачи" })).toHaveCount(3);
  await expect(page.getByRole("link", { name: /^Уведомления: \d+ нов/ }).first()).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "notices");
  const first = lines.filter({ hasText: "Принять поставку 1" });
  await first.getByRole("button", { name: "Скрыть сообщение" }).click();
  await expect(first).toHaveCount(0);
  await page.getByRole("button", { name: "Скрыть все" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Скрыть" }).click();
  await expect(page.getByText("Новостей нет")).toBeVisible();
  await takeScreenshots(page, "notices-none");
});
