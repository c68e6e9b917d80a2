import type { Browser, BrowserContext, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { axeProblems } from "./support/axe";
import { office } from "./support/office";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test.describe.configure({ mode: "serial" });
test.use({ expectedConsoleErrors: [/401|404/] });

const guest = { email: "guest@example.kz", password: "of the guest" };
const sessionCookie = "next-auth.session-token";

const newBrowser = (browser: Browser) =>
  browser.newContext({ baseURL: office().url, locale: "ru-RU" });

/** What the telephone shows; a code is taken once, so the next half-minute's is asked for. */
const codeOf = (secret: string, away = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + away * 30_000,
  });

const row = (page: Page, email: string) =>
  page.getByRole("table", { name: "Люди" }).getByRole("row").filter({ hasText: email });

async function openActs(page: Page, name: string) {
  await page.goto("/people");
  await page.getByRole("button", { name: `Действия: ${name}` }).click();
  return page.getByRole("dialog");
}

async function carryOut(page: Page, name: string, act: string) {
  const window = await openActs(page, name);
  await window.getByRole("button", { name: act, exact: true }).click();
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: act, exact: true }).click();
  await expect(question).toBeHidden();
  await page.keyboard.press("Escape");
}

async function cookieOf(context: BrowserContext): Promise<string> {
  const cookies = await context.cookies();
  return cookies.find(({ name }) => name === sessionCookie)?.value ?? "";
}

let secret = "";
let recovery = "";

test("somebody is invited by a link, comes in once, and the link is spent", async ({
  page,
  browser,
  expectAccessible,
}) => {
  await signIn(page);
  await page.goto("/people");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Команда");
  await expectAccessible();
  await page.getByRole("button", { name: "Пригласить" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Почта").fill("not an e-mail");
  await window.getByRole("button", { name: "Создать ссылку" }).click();
  await expect(window.getByText("Проверьте адрес почты")).toBeVisible();
  await takeScreenshots(page, "people-invite");
  await window.getByLabel("Почта").fill(guest.email);
  await window.getByRole("button", { name: "Создать ссылку" }).click();
  const link = window.getByRole("textbox", { name: "Ссылка" });
  await expect(link).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "people-link");
  const address = await link.inputValue();
  expect(address.startsWith(`${office().url}/invite?token=`)).toBe(true);
  await window.getByRole("button", { name: "Готово" }).click();
  const invited = page.getByRole("region", { name: "Приглашены" });
  await expect(invited.getByText(guest.email)).toBeVisible();
  await takeScreenshots(page, "people");

  const theirs = await newBrowser(browser);
  const there = await theirs.newPage();
  await there.goto(address);
  await expect(there.getByRole("heading", { level: 1 })).toHaveText("Приглашение");
  expect(await axeProblems(there)).toEqual([]);
  await takeScreenshots(there, "invite");
  await there.getByLabel("Язык").selectOption("kk");
  await expect(there.getByRole("heading", { level: 1 })).toHaveText("Шақыру");
  await there.getByLabel("Тіл").selectOption("ru");
  await there.getByLabel("Имя").fill("Гость");
  await there.getByLabel("Пароль", { exact: true }).fill("short");
  await there.getByRole("button", { name: "Войти в офис" }).click();
  await expect(there.getByText("Нужно не меньше 10 символов.")).toBeVisible();
  await there.getByLabel("Пароль", { exact: true }).fill(guest.password);
  await there.getByRole("button", { name: "Войти в офис" }).click();
  await there.waitForURL(/\/overview/);
  await expect(there.getByRole("link", { name: "Команда" })).toHaveCount(0);
  expect((await there.goto("/people"))?.status()).toBe(404);
  await there.goto(address);
  await expect(there.getByText("Приглашение больше не действует")).toBeVisible();
  await theirs.close();
});

test("the second step: turned on with a code and asked for at login", async ({ browser }) => {
  const context = await newBrowser(browser);
  const page = await context.newPage();
  await signIn(page, guest);
  await page.goto("/settings");
  const panel = page.getByRole("region", { name: "Двухфакторный вход" });
  await panel.getByRole("button", { name: "Включить" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Пароль", { exact: true }).fill("not it at all");
  await window.getByRole("button", { name: "Дальше" }).click();
  await expect(window.getByText("Это не ваш нынешний пароль.")).toBeVisible();
  await window.getByLabel("Пароль", { exact: true }).fill(guest.password);
  await window.getByRole("button", { name: "Дальше" }).click();
  await expect(window.getByRole("img", { name: "Код для приложения" })).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await takeScreenshots(page, "two-factor-qr");
  secret = (await window.locator("code").textContent()) ?? "";
  await window.getByLabel("Шесть цифр").fill(codeOf(secret));
  await window.getByRole("button", { name: "Подтвердить" }).click();
  await expect(window.getByRole("listitem")).toHaveCount(10);
  recovery = (await window.getByRole("listitem").first().textContent()) ?? "";
  expect(await axeProblems(page)).toEqual([]);
  await takeScreenshots(page, "two-factor-codes");
  await window.getByRole("button", { name: "Сохранено, закрыть" }).click();
  await expect(panel.getByText("Осталось 10 резервных кодов.")).toBeVisible();
  await takeScreenshots(page, "settings-person");
  await context.close();

  const again = await newBrowser(browser);
  await again.addCookies([{ name: sessionCookie, value: "planted", url: office().url }]);
  const login = await again.newPage();
  await login.goto("/settings");
  await expect(login).toHaveURL(/\/login/);
  await login.getByLabel("Почта").fill(guest.email);
  await login.getByLabel("Пароль", { exact: true }).fill(guest.password);
  await login.getByRole("button", { name: "Войти", exact: true }).click();
  await expect(login.getByRole("heading", { name: "Второй шаг" })).toBeVisible();
  expect(await axeProblems(login)).toEqual([]);
  await takeScreenshots(login, "login-code");
  await login.goto("/settings");
  await expect(login, "a password alone is no session").toHaveURL(/\/login/);
  await login.getByLabel("Почта").fill(guest.email);
  await login.getByLabel("Пароль", { exact: true }).fill(guest.password);
  await login.getByRole("button", { name: "Войти", exact: true }).click();
  await login.getByLabel("Код").fill("000000");
  await login.getByRole("button", { name: "Войти", exact: true }).click();
  await expect(login.getByText("Код не подходит.")).toBeVisible();
  await login.getByLabel("Код").fill(codeOf(secret, 1));
  await login.getByRole("button", { name: "Войти", exact: true }).click();
  await login.waitForURL(/\/overview/);
  expect(await cookieOf(again)).not.toBe("planted");
  await again.close();
});

test("who is blocked is out at once, with every copy of their cookie", async ({
  page,
  browser,
  expectAccessible,
}) => {
  const context = await newBrowser(browser);
  const there = await context.newPage();
  await there.goto("/login");
  await there.getByLabel("Почта").fill(guest.email);
  await there.getByLabel("Пароль", { exact: true }).fill(guest.password);
  await there.getByRole("button", { name: "Войти", exact: true }).click();
  await there.getByLabel("Код").fill(recovery);
  await there.getByRole("button", { name: "Войти", exact: true }).click();
  await there.waitForURL(/\/overview/);
  const thief = await newBrowser(browser);
  await thief.addCookies(await context.cookies());
  const stolen = await thief.newPage();
  await stolen.goto("/settings");
  await expect(stolen).toHaveURL(/\/settings/);

  await signIn(page);
  const window = await openActs(page, "Гость");
  await expectAccessible();
  await takeScreenshots(page, "people-acts");
  await window.getByRole("button", { name: "Заблокировать" }).click();
  await takeScreenshots(page, "people-block");
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: "Заблокировать" }).click();
  await expect(question).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(row(page, guest.email).getByText("заблокирован")).toBeVisible();

  for (const out of [there, stolen]) {
    await out.goto("/settings");
    await expect(out).toHaveURL(/\/login/);
  }
  await there.getByLabel("Почта").fill(guest.email);
  await there.getByLabel("Пароль", { exact: true }).fill(guest.password);
  await there.getByRole("button", { name: "Войти", exact: true }).click();
  await expect(there.getByText("Почта или пароль не подходят.")).toBeVisible();

  await carryOut(page, "Гость", "Разблокировать");
  await stolen.goto("/settings");
  await expect(stolen, "a cookie from before stays worth nothing").toHaveURL(/\/login/);
  await thief.close();
  await context.close();
});

test("who forgot the password asks for a link, and the owner hands it over", async ({
  page,
  browser,
}) => {
  const context = await newBrowser(browser);
  const there = await context.newPage();
  await there.goto("/login");
  await there.getByRole("link", { name: "Забыли пароль?" }).click();
  await takeScreenshots(there, "forgot");
  const said = there.getByText("Если такая почта есть в офисе");
  for (const email of ["nobody@example.kz", guest.email]) {
    await there.goto("/forgot");
    await there.getByLabel("Почта").fill(email);
    await there.getByRole("button", { name: "Попросить ссылку" }).click();
    await expect(said).toBeVisible();
  }

  await signIn(page);
  await expect(async () => {
    await page.goto("/people");
    await expect(row(page, guest.email).getByText("просит пароль")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const window = await openActs(page, "Гость");
  await window.getByRole("button", { name: "Дать ссылку" }).click();
  const address = await window.getByRole("textbox", { name: "Ссылка" }).inputValue();
  await takeScreenshots(page, "people-reset-link");

  await there.goto(address);
  await expect(there.getByRole("heading", { level: 1 })).toHaveText("Новый пароль");
  expect(await axeProblems(there)).toEqual([]);
  await takeScreenshots(there, "reset");
  await there.getByLabel("Новый пароль").fill("of the guest, newer");
  await there.getByRole("button", { name: "Сменить пароль" }).click();
  await expect(there.getByText("Пароль сменён. Войдите с ним.")).toBeVisible();
  await there.goto(address);
  await expect(there.getByText("Ссылка больше не действует")).toBeVisible();

  await page.goto("/people");
  await carryOut(page, "Гость", "Снять второй шаг");
  await signIn(there, { ...guest, password: "of the guest, newer" });
  await there.goto("/settings");
  const devices = there.getByRole("region", { name: "Устройства" });
  await devices.getByRole("button", { name: "Выйти везде" }).click();
  await there.getByRole("alertdialog").getByRole("button", { name: "Выйти везде" }).click();
  await there.waitForURL(/\/login/);
  await there.goto("/settings");
  await expect(there).toHaveURL(/\/login/);
  await context.close();
});
