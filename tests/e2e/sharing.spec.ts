import type { Page } from "@playwright/test";
import { axeProblems } from "./support/axe";
import { agree } from "./support/cabinet";
import { office } from "./support/office";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, smallShop } from "./support/small-shop";
import { letIn } from "./support/somebody";
import { expect, test } from "./support/test";

test.describe.configure({ mode: "serial" });
test.use({ expectedConsoleErrors: [/404/] });

const guest = { email: "colleague@example.kz", name: "Айгерим", password: "of a colleague" };

const newBrowser = (page: Page) =>
  page.context().browser()?.newContext({ baseURL: office().url, locale: "ru-RU" });

/** The guest in a browser of their own. */
async function guestsPage(page: Page): Promise<Page> {
  const there = await (await newBrowser(page))?.newPage();
  if (!there) throw new Error("no browser");
  await signIn(there, guest);
  return there;
}

const shared = (page: Page) => page.getByRole("region", { name: "Кому открыт" });

async function openStore(page: Page): Promise<void> {
  await page.goto("/stores");
  await page.getByRole("link", { name: smallShop.name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(smallShop.name);
}

test("a store is shared with chosen rights, seen by the colleague, and taken back at once", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await connectSmallShop(page);
  await letIn(guest);
  const there = await guestsPage(page);
  await openStore(page);
  const address = page.url();
  expect((await there.goto(address))?.status()).toBe(404);

  await shared(page).getByRole("button", { name: "Открыть коллеге" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Почта коллеги").fill("nobody-here@example.kz");
  await window.getByRole("button", { name: "Открыть", exact: true }).click();
  await expect(window.getByText("В офисе нет человека с такой почтой")).toBeVisible();
  await window.getByLabel("Почта коллеги").fill(guest.email);
  await window.getByLabel("Видеть товары").check();
  await expectAccessible();
  await takeScreenshots(page, "share");
  await window.getByRole("button", { name: "Открыть", exact: true }).click();
  await expect(window).toBeHidden();
  await expect(shared(page).getByText(guest.name)).toBeVisible();
  await takeScreenshots(page, "store-shared");

  expect((await there.goto(address))?.status()).toBe(200);
  await expect(there.getByText("Вам можно только смотреть.")).toBeVisible();
  await expect(there.getByRole("button", { name: "Обновить товары" })).toHaveCount(0);
  expect(await axeProblems(there)).toEqual([]);
  await takeScreenshots(there, "store-guest");
  await there.goto("/products");
  await expect(there.locator("tbody").getByRole("link").first()).toBeVisible();
  await expect(there.getByRole("button", { name: /^Минимум, / }).first()).toBeDisabled();

  await shared(page)
    .getByRole("button", { name: `Изменить права: ${guest.name}` })
    .click();
  await window.getByLabel("Менять цены").check();
  await window.getByRole("button", { name: "Сохранить", exact: true }).click();
  await expect(window).toBeHidden();
  await there.reload();
  await expect(there.getByRole("button", { name: /^Минимум, / }).first()).toBeEnabled();

  await agree(
    page,
    shared(page).getByRole("button", { name: `Закрыть: ${guest.name}` }),
    "Закрыть",
  );
  await expect(shared(page).getByText("Пока никому.")).toBeVisible();
  expect((await there.goto(address))?.status()).toBe(404);
  await there.context().close();
});

test("a group is made, given to a colleague, and its rights count at once", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await letIn(guest);
  const there = await guestsPage(page);
  expect((await there.goto("/audit"))?.status()).toBe(404);

  await page.goto("/people/groups");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Группы и права");
  await expectAccessible();
  await page.getByRole("button", { name: "Новая группа" }).click();
  const window = page.getByRole("dialog");
  await window.getByRole("button", { name: "Создать" }).click();
  await expect(window.getByLabel("Название")).toHaveAttribute("aria-invalid", "true");
  await window.getByLabel("Название").fill("Контроль");
  await window.getByLabel("Видеть журнал действий").check();
  await expectAccessible();
  await takeScreenshots(page, "group-new");
  await window.getByRole("button", { name: "Создать" }).click();
  await expect(window).toBeHidden();
  await expect(page.getByRole("region", { name: "Контроль" })).toBeVisible();
  await takeScreenshots(page, "groups");

  await page.goto("/people");
  await page.getByRole("button", { name: `Действия: ${guest.name}` }).click();
  await window.getByLabel("Контроль").check();
  await takeScreenshots(page, "people-groups");
  await window.getByRole("button", { name: "Сохранить", exact: true }).click();
  await expect(page.getByText("Группы изменены.")).toBeVisible();
  expect((await there.goto("/audit"))?.status()).toBe(200);

  await page.goto("/people/groups");
  await agree(page, page.getByRole("button", { name: "Удалить: Контроль" }), "Удалить");
  await expect(page.getByRole("region", { name: "Контроль" })).toHaveCount(0);
  expect((await there.goto("/audit"))?.status()).toBe(404);
  await there.context().close();
});
