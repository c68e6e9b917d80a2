import type { Page } from "@playwright/test";
import { demoOwner } from "@/lib/auth/demo";
import { hashPassword } from "@/lib/auth/password";
import { office } from "./support/office";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const panel = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });

test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await twin.clearFaults();
  await signIn(page);
  await page.goto("/settings");
});

test("an owner sets the clock, the rounds and the pace; what is wrong is named", async ({
  page,
  expectAccessible,
}) => {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Настройки");
  await expectAccessible();
  await takeScreenshots(page, "settings");
  const schedule = panel(page, "Время и расписание");
  await schedule.getByLabel("Часовой пояс").fill("Almaty");
  await schedule.getByRole("button", { name: "Сохранить расписание" }).click();
  await expect(schedule.getByText("Такого часового пояса нет.")).toBeVisible();
  await schedule.getByLabel("Часовой пояс").fill("Asia/Aqtau");
  await schedule.getByRole("button", { name: "Сохранить расписание" }).click();
  await expect(page.getByText("Расписание сохранено.")).toBeVisible();

  const pace = panel(page, "Темп и лимиты");
  await pace.getByLabel("Цен в секунду").fill("5");
  await pace.getByRole("button", { name: "Сохранить темп" }).click();
  await expect(pace.getByText("Kaspi закрывает отправку цен на полчаса")).toBeVisible();
  await expectAccessible();
  await pace.getByLabel("Цен в секунду").fill("1,5");
  await pace.getByRole("button", { name: "Сохранить темп" }).click();
  await expect(page.getByText("Темп сохранён.")).toBeVisible();
  await page.reload();
  await expect(schedule.getByLabel("Часовой пояс")).toHaveValue("Asia/Aqtau");
  await schedule.getByLabel("Часовой пояс").fill("Asia/Almaty");
  await schedule.getByRole("button", { name: "Сохранить расписание" }).click();
  await expect(page.getByText("Расписание сохранено.")).toBeVisible();
});

test("a proxy that nobody answers through is not added, and the last address stays on", async ({
  page,
  expectAccessible,
}) => {
  await page.getByRole("link", { name: "Адреса и прокси" }).click();
  const exits = panel(page, "Все адреса");
  await page.getByRole("button", { name: "Добавить прокси" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Название").fill("Домашний");
  await window.getByLabel("Адрес и порт").fill("127.0.0.1");
  await window.getByRole("button", { name: "Проверить и добавить" }).click();
  await expect(window.getByText("Нужны адрес и порт")).toBeVisible();
  await window.getByLabel("Адрес и порт").fill("127.0.0.1:9");
  await window.getByRole("button", { name: "Проверить и добавить" }).click();
  await expect(window.getByText("Через этот прокси Kaspi не ответил")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "settings-proxy");
  await page.keyboard.press("Escape");
  await exits.getByRole("switch", { name: "Читать рынок: Адрес сервера" }).click();
  await expect(page.getByText("Это последний включённый адрес.")).toBeVisible();
  await expect(exits.getByRole("switch", { name: "Читать рынок: Адрес сервера" })).toBeChecked();
  await exits.getByRole("button", { name: "Темп: Адрес сервера" }).click();
  await window.getByLabel("Чтений в секунду").fill("6");
  await window.getByRole("button", { name: "Сохранить темп" }).click();
  await expect(exits).toContainText("6 в секунду");
  await exits.getByRole("button", { name: "Проверить: Адрес сервера" }).click();
  await expect(page.getByText(/Kaspi ответил за \d+/)).toBeVisible();
});

test("a list of proxies is read line by line, and what is wrong stays with its reason", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/settings/exits");
  await page.getByRole("button", { name: "Вставить списком" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Список").fill("127.0.0.1:9:buyer:secret\nкуплено вчера\n1.2.3.4:99999");
  await window.getByRole("button", { name: "Добавить" }).click();
  await expect(window.getByText("Добавлено: 1. Не добавлено: 2")).toBeVisible();
  await expect(window.getByText("Строка 2: неверный порт")).toBeVisible();
  await expect(window.getByLabel("Список")).toHaveValue("куплено вчера\n1.2.3.4:99999");
  await expectAccessible();
  await takeScreenshots(page, "settings-proxies-pasted");
  await page.keyboard.press("Escape");
  const exits = panel(page, "Все адреса");
  await expect(exits).toContainText("HTTP 127.0.0.1:9");
  await expect(exits).toContainText("b•••");
  await expect(page.locator("body")).not.toContainText("secret");
  await takeScreenshots(page, "settings-exits");
  await exits.getByRole("button", { name: "Удалить: Прокси 1" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Удалить" }).click();
  await expect(exits).not.toContainText("127.0.0.1:9");
});

test("everybody has their name, language and theme, also on a phone", async ({
  page,
  expectAccessible,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const looks = panel(page, "Язык и оформление");
  await looks.getByLabel("Оформление").selectOption("dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await looks.getByLabel("Язык").selectOption("kk");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Баптаулар");
  await expectAccessible();
  await page.getByRole("combobox", { name: "Тіл" }).selectOption("en");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await page.getByRole("combobox", { name: "Language" }).selectOption("ru");
  await looks.getByLabel("Оформление").selectOption("system");
  const person = panel(page, "Вы");
  await person.getByLabel("Имя").fill("");
  await person.getByRole("button", { name: "Сохранить" }).click();
  await expect(person.getByText("Напишите имя.")).toBeVisible();
  await person.getByLabel("Имя").fill(demoOwner.name);
  await person.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Сохранено.")).toBeVisible();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test("a new password ends the other sessions and keeps this one", async ({ page, browser }) => {
  const other = await browser.newContext({ baseURL: office().url });
  const elsewhere = await other.newPage();
  await signIn(elsewhere);
  const password = panel(page, "Пароль");
  const change = async (current: string, next: string) => {
    await password.getByLabel("Нынешний пароль").fill(current);
    await password.getByLabel("Новый пароль").fill(next);
    await password.getByRole("button", { name: "Сменить пароль" }).click();
  };
  await change("не тот пароль", "another-duken");
  await expect(password.getByText("Это не ваш нынешний пароль.")).toBeVisible();
  await change(demoOwner.password, "another-duken");
  await expect(page.getByText("Пароль сменён.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Настройки");
  await elsewhere.goto("/settings");
  await expect(elsewhere).toHaveURL(/\/login/);
  await other.close();
  // The one that everybody knows is taken by nobody, so the other specs get it back by hand.
  await change("another-duken", demoOwner.password);
  await expect(password.getByText("Этот пароль подберут первым.")).toBeVisible();
  const hash = await hashPassword(demoOwner.password);
  await inOfficeDatabase(
    (sql) => sql`update users set password_hash = ${hash} where email = ${demoOwner.email}`,
  );
});
