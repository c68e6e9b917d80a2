import type { Page } from "@playwright/test";
import { agree, enterCabinet, twoStores } from "./support/cabinet";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const almaty = "ИП Сериков Алматы";
const astana = "ИП Сериков Астана";

const store = (page: Page, name: string) => page.getByRole("region", { name });

// One cabinet on its way from connected to disconnected.
test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await twin.clearFaults();
  await signIn(page);
});

test("a cabinet is connected: a wrong password is said at once, its stores sync in sight", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/stores");
  await page.getByRole("link", { name: "Подключить магазин" }).click();
  const window = page.getByRole("dialog");

  await test.step("an empty form names what is missing", async () => {
    await window.getByRole("button", { name: "Подключить", exact: true }).click();
    await expect(window.getByText("Проверьте адрес почты")).toBeVisible();
    await expect(window.getByText("Введите пароль от кабинета Kaspi.")).toBeVisible();
  });

  await test.step("Kaspi's refusal of the password", async () => {
    await enterCabinet(window, { ...twoStores, password: "not-the-password" });
    await expect(window.getByRole("alert")).toContainText("Неверные почта или пароль");
    await expectAccessible();
  });

  await test.step("Kaspi's break is counted down, and nobody can press meanwhile", async () => {
    await twin.setFault({ name: "login_flood", times: 1, ms: 90_000 });
    await enterCabinet(window, { email: "clerk@duken.kz", password: "clerk-kaspi" });
    await expect(window.getByRole("alert")).toContainText("Kaspi просит подождать");
    await expect(window.getByRole("button", { name: /^Можно через 1:\d\d$/ })).toBeDisabled();
    await page.goto("/stores?connect=1");
  });

  await test.step("both stores of the cabinet come, with the bot off", async () => {
    await enterCabinet(window, twoStores);
    await expect(window.getByText("Подключены 2 магазина")).toBeVisible();
    await window.getByRole("button", { name: "Понятно" }).click();
  });

  await test.step("each of them syncs in sight, to the end", async () => {
    for (const name of [almaty, astana]) {
      await expect(store(page, name).getByRole("link", { name: "50 товаров" })).toBeVisible();
      await expect(store(page, name).getByRole("progressbar")).toBeHidden();
      await expect(store(page, name).getByText("бот нигде не включён")).toBeVisible();
    }
  });
  await expectAccessible();
  await takeScreenshots(page, "stores");
});

test("a sync shows how far it is, also after a reload", async ({ page }) => {
  await twin.setFault({ name: "slow", ms: 3_000, at: ["list"] });
  await page.goto("/stores");
  await store(page, almaty).getByRole("button", { name: "Обновить товары" }).click();
  await expect(store(page, almaty).getByRole("progressbar")).toBeVisible();
  await page.reload();
  await expect(store(page, almaty).getByRole("progressbar")).toBeVisible();
  await expect(store(page, almaty).getByRole("button", { name: "Обновляем" })).toBeDisabled();
  await twin.clearFaults();
  await expect(store(page, almaty).getByText("без новых и пропавших")).toBeVisible();
});

test("the kill switch of a store says who and when on every page, until a person resumes", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/stores");
  const stop = store(page, astana).getByRole("button", { name: "Остановить отправку" });
  await agree(page, stop, "Остановить");
  const bar = page.getByRole("alert").filter({ hasText: astana });
  await expect(bar).toContainText("Айгерим, только что");
  await expect(store(page, astana).getByText("Остановлена")).toBeVisible();
  await expectAccessible();
  await page.goto("/products");
  await agree(page, bar.getByRole("button", { name: "Возобновить" }), "Возобновить");
  await expect(bar).toBeHidden();
});

test("the stop for everything stands above every page", async ({ page }) => {
  await page.goto("/stores");
  await agree(page, page.getByRole("button", { name: "Остановить отправку везде" }), "Остановить");
  await page.goto("/products");
  const bar = page.getByRole("alert").filter({ hasText: "во всех магазинах" });
  await expect(bar).toContainText("Айгерим");
  await takeScreenshots(page, "stopped");
  await agree(page, bar.getByRole("button", { name: "Возобновить" }), "Возобновить");
  await expect(bar).toBeHidden();
});

test("a dead session is said loudly and ends with a new login", async ({ page }) => {
  await twin.setPassword({ email: twoStores.email, password: "another-kaspi" });
  await twin.expireSessions({ email: twoStores.email });
  await page.goto("/stores");
  await store(page, almaty).getByRole("button", { name: "Проверить" }).click();
  const bar = page.getByRole("alert").filter({ hasText: twoStores.email });
  await expect(bar).toContainText("сохранённый пароль больше не подходит");
  await expect(store(page, astana).getByText("Нужен вход")).toBeVisible();
  await takeScreenshots(page, "stores-session");
  await bar.getByRole("link", { name: "Войти снова" }).click();
  const window = page.getByRole("dialog");
  await expect(window.getByLabel("Почта")).toHaveValue(twoStores.email);
  await enterCabinet(window, { ...twoStores, password: "another-kaspi" });
  await window.getByRole("button", { name: "Понятно" }).click();
  await expect(bar).toBeHidden();
  await expect(store(page, almaty).getByText("Действует")).toBeVisible();
  await twin.setPassword({ email: twoStores.email, password: twoStores.password });
});

test("a store's rule is put into words while it is typed, and what is wrong is named", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/stores");
  const card = store(page, almaty);
  await card.getByRole("link", { name: "Изменить правило" }).click();
  const panel = page.getByRole("dialog");
  // Whatever rule another spec has given it.
  await panel.getByRole("button", { name: "Как обычно" }).click();
  await panel.getByLabel("Шаг", { exact: true }).fill("25");
  await expect(panel.getByText(/на 25\s₸ ниже самого дешёвого/)).toBeVisible();
  await panel.getByText("Осторожность", { exact: true }).click();
  await panel.getByLabel("Вниз за раз не больше, %").fill("много");
  await panel.getByRole("button", { name: "Посмотреть, что изменится" }).click();
  await expect(panel.getByLabel("Вниз за раз не больше, %")).toBeFocused();
  await expect(panel.getByText(/Нужен процент/)).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "store-rule");
  await panel.getByLabel("Вниз за раз не больше, %").fill("10");
  await panel.getByRole("button", { name: "Посмотреть, что изменится" }).click();
  await expect(panel.getByText("Что стало бы с ценами")).toBeVisible();
  await panel.getByRole("button", { name: "Сохранить правило" }).click();
  await expect(panel).toBeHidden();
  await expect(card.getByText(/на 25\s₸ ниже самого дешёвого/)).toBeVisible();
});

test("a store is disconnected only after a question that names it", async ({ page }) => {
  await page.goto("/stores");
  const button = store(page, astana).getByRole("button", { name: "Отключить магазин" });
  await button.click();
  await expect(page.getByRole("alertdialog")).toContainText(astana);
  await expect(page.getByRole("alertdialog")).toContainText("50 товаров");
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await agree(page, button, "Отключить");
  await expect(store(page, astana)).toBeHidden();
  await expect(store(page, almaty)).toBeVisible();
});
