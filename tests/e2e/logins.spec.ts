import type { Locator, Page } from "@playwright/test";
import { agree } from "./support/cabinet";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const MINUTE = 60_000;
const phone = "+7 (701) 000-00-03";
const smsShop = "Арман Трейд";
const chosenShop = "Второй из двух";

const store = (page: Page, name: string) => page.getByRole("region", { name });

test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await twin.clearFaults();
  // Kaspi sends no two codes within a minute, and no more than five within an hour.
  await twin.advance({ ms: 61 * MINUTE });
  await signIn(page);
});

async function askForText(window: Locator, typed: string): Promise<void> {
  await window.getByText("По телефону", { exact: true }).click();
  await window.getByLabel("Телефон", { exact: true }).fill(typed);
  await window.getByRole("button", { name: "Получить код" }).click();
}

/** Looks as the test's own screen shows it, then narrow and dark. */
async function onPhoneInTheDark(page: Page, look: () => Promise<void>): Promise<void> {
  await look();
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await look();
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}

const codeSent = async () => (await twin.lastCode({}))?.code ?? "";

test("a store is connected by phone and text message, over a wrong code and a reload", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/stores?connect=1");
  const window = page.getByRole("dialog");
  const code = window.getByLabel("Код подтверждения");

  await test.step("a phone that is none is named", async () => {
    await askForText(window, "12345");
    await expect(window.getByText(/Введите казахстанский мобильный номер/)).toBeVisible();
    await expectAccessible();
  });

  await test.step("the code is waited for, with what is left of its time", async () => {
    await askForText(window, "8 701 000 00 03");
    await expect(window.getByText(`Kaspi отправил СМС с кодом на ${phone}.`)).toBeVisible();
    await expect(code).toBeFocused();
    await expect(code).toHaveAttribute("autocomplete", "one-time-code");
    await expect(window.getByRole("button", { name: /^Ещё раз через 0:\d\d$/ })).toBeDisabled();
    await expect(window.getByText(/^Вход ждёт кода ещё [0-5]:\d\d\.$/)).toBeVisible();
    await onPhoneInTheDark(page, expectAccessible);
    await takeScreenshots(page, "connect-code");
  });

  await test.step("a wrong code is said at once and can be typed over", async () => {
    await code.fill("000000");
    await code.press("Enter");
    await expect(window.getByRole("alert")).toContainText("Kaspi не принял код");
    await expect(window.getByText("Осталось 4 попытки.")).toBeVisible();
    await expectAccessible();
  });

  await test.step("the login waits through a reload", async () => {
    await page.reload();
    await expect(code).toBeVisible();
  });

  await test.step("a code pasted with its message connects the store", async () => {
    await code.fill(`Код: ${await codeSent()}`);
    await window.getByRole("button", { name: "Подтвердить" }).click();
    await expect(window.getByText("Подключён 1 магазин")).toBeVisible();
    await window.getByRole("button", { name: "Понятно" }).click();
  });

  await expect(store(page, smsShop).getByText(/^\+7 701 ••• •• 03/)).toBeVisible();
});

test("a session by text message that ends calls its person, and goes on after a new code", async ({
  page,
}) => {
  await twin.expireSessions({ email: "sms@duken.kz" });
  await page.goto("/stores");
  await store(page, smsShop).getByRole("button", { name: "Проверить" }).click();
  const bar = page.getByRole("alert").filter({ hasText: "нужен новый код из СМС" });
  await expect(bar).toContainText("+7 701 ••• •• 03");
  await bar.getByRole("link", { name: "Войти снова" }).click();
  const window = page.getByRole("dialog");
  await expect(window.getByLabel("Телефон", { exact: true })).toHaveValue("+77010000003");
  await window.getByRole("button", { name: "Получить код" }).click();
  await window.getByLabel("Код подтверждения").fill(await shownThen(window));
  await window.getByRole("button", { name: "Подтвердить" }).click();
  await window.getByRole("button", { name: "Понятно" }).click();
  await expect(bar).toBeHidden();
  await expect(store(page, smsShop).getByText("Действует")).toBeVisible();
});

/** The code, once the window asks for it. */
async function shownThen(window: Locator): Promise<string> {
  await expect(window.getByLabel("Код подтверждения")).toBeVisible();
  return codeSent();
}

test("a store's page keeps a token that Kaspi takes, and enters Kaspi again", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/stores");
  await page.getByRole("link", { name: smsShop, exact: true }).click();
  const panel = page.getByRole("region", { name: "Официальный интерфейс Kaspi" });
  const field = panel.getByLabel("Токен", { exact: true });
  const { merchants } = await twin.about({});
  const token = merchants.find(({ name }) => name === smsShop)?.token ?? "";

  await test.step("one that Kaspi does not take is refused beside the field", async () => {
    await field.fill("not-a-token-of-this-shop");
    await panel.getByRole("button", { name: "Проверить и сохранить" }).click();
    await expect(panel.getByText(/Kaspi не принимает этот токен/)).toBeVisible();
    await expectAccessible();
  });

  await test.step("the right one is kept, and shown by its end alone", async () => {
    await field.fill(token);
    await panel.getByRole("button", { name: "Проверить и сохранить" }).click();
    await expect(panel.getByText(`•••• ${token.slice(-4)}`)).toBeVisible();
    await expect(page.getByText(token)).toBeHidden();
    await takeScreenshots(page, "store-token");
  });

  await test.step("and taken away again", async () => {
    await agree(page, panel.getByRole("button", { name: "Убрать" }), "Убрать");
    await expect(field).toBeVisible();
  });

  await twin.expireSessions({ email: "sms@duken.kz" });
  await page.getByRole("button", { name: "Проверить", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: "Войти снова" }).click();
  await expect(page.getByRole("dialog").getByLabel("Телефон", { exact: true })).toHaveValue(
    "+77010000003",
  );
});

test("a mailed code and a choice of shop are steps of the same window, by keys alone", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/stores?connect=1");
  const window = page.getByRole("dialog");
  await window.getByLabel("Почта").fill("choose@duken.kz");
  await window.getByLabel("Пароль", { exact: true }).fill("choose-kaspi");
  await window.getByLabel("Хранить пароль").uncheck();
  await expect(window.getByText(/Пароль не сохраним/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(window.getByRole("radio", { name: /Первый из двух/ })).toBeVisible();
  await onPhoneInTheDark(page, expectAccessible);
  await takeScreenshots(page, "connect-choice");
  await window.getByRole("radio", { name: /Первый из двух/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(window.getByText("Подключён 1 магазин")).toBeVisible();
  await window.getByRole("button", { name: "Понятно" }).click();
  await expect(store(page, chosenShop).getByText("Действует")).toBeVisible();
});

test("a session whose password was not kept says so", async ({ page }) => {
  await twin.expireSessions({ email: "choose@duken.kz" });
  await page.goto("/stores");
  await store(page, chosenShop).getByRole("button", { name: "Проверить" }).click();
  const bar = page.getByRole("alert").filter({ hasText: "choose@duken.kz" });
  await expect(bar).toContainText("пароля мы не храним");
  for (const name of [smsShop, chosenShop])
    await agree(
      page,
      store(page, name).getByRole("button", { name: "Отключить магазин" }),
      "Отключить",
    );
});
