import type { Page } from "@playwright/test";
import { inOfficeDatabase } from "./support/office-database";
import { phoneOf } from "./support/phone";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const panel = (page: Page) => page.getByRole("region", { name: "Telegram", exact: true });

test.beforeEach(async ({ page }) => {
  await inOfficeDatabase(async (sql) => {
    await sql`delete from telegram_links`;
    // Quiet hours of one test would be kept in another.
    await sql`delete from telling_settings`;
  });
  await signIn(page);
});

test("an account is linked while the page looks on, chosen what it hears, and unlinked", async ({
  page,
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

  const phone = phoneOf("aigul");
  expect((await phone.says(`/start ${token.replace(/.$/, "!")}`)).text).toContain("код");
  const greeted = await phone.says(`/start ${token}`);
  expect(greeted.buttons.join()).toContain("Списки");
  await page.mouse.move(5, 5);
  await expect(own.getByText("Привязан @aigul")).toBeVisible();

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

test("what is made in the office stands in the bot, and what is pressed there in the office", async ({
  page,
}) => {
  const { text: title, list } = { text: "Отвезти возвраты", list: "Поездки" };
  await inOfficeDatabase((sql) => sql`delete from task_categories where name = ${list}`);
  await page.goto("/settings");
  await panel(page).getByRole("button", { name: "Привязать Telegram" }).click();
  const code = (await panel(page).locator("code").textContent()) ?? "";
  const phone = phoneOf("marat");
  await phone.says(`/start ${/start (\S+)/.exec(code)?.[1]}`);

  await page.goto("/tasks/lists");
  await page.getByRole("button", { name: "Новый список" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Название").fill(list);
  await window.getByRole("button", { name: "Создать" }).click();
  await page.getByRole("link", { name: list, exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Новая задача" })).toBeVisible();

  for (const button of ["^Списки", `^${list}`, "^Добавить задачу"]) await phone.presses(button);
  expect((await phone.says(title)).text).toContain(title);
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: title });
  await page.reload();
  await expect(row).toBeVisible();
  await page.getByRole("checkbox", { name: `Сделано: ${title}` }).check();
  await expect(row).toHaveCount(0);

  await phone.says("/start");
  for (const button of ["^Списки", `^${list}`]) await phone.presses(button);
  expect((await phone.looks()).buttons.join()).not.toContain(title);
});

test("a deadline is told in the chat, and its button does the task", async ({ page }) => {
  await page.goto("/settings");
  await panel(page).getByRole("button", { name: "Привязать Telegram" }).click();
  const code = (await panel(page).locator("code").textContent()) ?? "";
  const phone = phoneOf("saule");
  await phone.says(`/start ${/start (\S+)/.exec(code)?.[1]}`);
  const title = "Позвонить в доставку";
  await page.goto("/tasks");
  const field = page.getByRole("textbox", { name: "Новая задача" });
  await field.fill(title);
  await field.press("Enter");
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await inOfficeDatabase(
    (sql) => sql`update tasks set due_at = now() + interval '5 seconds' where title = ${title}`,
  );
  await expect
    .poll(async () => (await phone.looks()).text)
    .toContain(`Срок задачи «${title}» настал`);
  await phone.presses("^(Готово|Сделано)$");
  await page.reload();
  await expect(page.getByRole("link", { name: title })).toHaveCount(0);
  await page.goto("/tasks?view=done");
  await expect(page.getByRole("link", { name: title })).toBeVisible();
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
