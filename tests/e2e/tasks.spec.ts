import type { Page } from "@playwright/test";
import { office } from "./support/office";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, smallShop } from "./support/small-shop";
import { letIn } from "./support/somebody";
import { expect, test } from "./support/test";

test.describe.configure({ mode: "serial" });
test.use({ expectedConsoleErrors: [/404/] });

const colleague = {
  email: "tasks-colleague@example.kz",
  name: "Динара",
  password: "of a colleague",
};

/** The colleague in a browser of their own. */
async function theirPage(page: Page): Promise<Page> {
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL: office().url, locale: "ru-RU" });
  const there = await context?.newPage();
  if (!there) throw new Error("no browser");
  await signIn(there, colleague);
  return there;
}

const rowOf = (page: Page, title: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: title });

async function quickly(page: Page, title: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Новая задача" });
  await field.fill(title);
  await field.press("Enter");
  await expect(rowOf(page, title)).toBeVisible();
  await expect(field).toHaveValue("");
}

async function newList(page: Page, name: string): Promise<void> {
  await page.goto("/tasks/lists");
  await page.getByRole("button", { name: "Новый список" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Название").fill(name);
  await window.getByRole("button", { name: "Создать" }).click();
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
}

test("a task is added in one line, opened, filled in, done, undone and deleted", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await page.goto("/tasks");
  await expect(page.getByRole("heading", { name: "Сейчас делать нечего" })).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "tasks-none");
  await page.getByRole("button", { name: "Завтра 18:00" }).click();
  await quickly(page, "Заказать коробки");
  await expect(rowOf(page, "Заказать коробки")).toContainText("завтра, 18:00");

  await page.getByRole("link", { name: "Заказать коробки" }).click();
  await expect(page).toHaveURL(/\/tasks\/[0-9a-f]{64}$/);
  const panel = page.getByRole("dialog");
  await panel.getByLabel("Название").fill("Заказать коробки и скотч");
  await panel.getByLabel("Подробности").fill("По 200 штук, у прежнего поставщика");
  await panel.getByLabel("Важность").selectOption("high");
  await panel.getByRole("button", { name: "Сохранить" }).click();
  await expect(panel.getByRole("heading", { name: "Заказать коробки и скотч" })).toBeVisible();
  await panel.getByRole("textbox", { name: "Новый шаг" }).fill("Спросить цену");
  await panel.getByRole("button", { name: "Добавить шаг" }).click();
  await panel.getByRole("checkbox", { name: "Спросить цену" }).check();
  await panel.getByLabel("Написать комментарий").fill("Скидка от 300 штук");
  await panel.getByRole("button", { name: "Отправить" }).click();
  await expect(panel.getByText("Скидка от 300 штук")).toBeVisible();
  await panel.getByText("История").click();
  await expect(panel.getByText("название: было «Заказать коробки»")).toBeVisible();
  await expect(panel.getByText("шаг «Спросить цену»: сделан")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "task");
  await panel.getByRole("button", { name: "Закрыть" }).click();

  await expect(page).toHaveURL(/\/tasks$/);
  await expect(rowOf(page, "скотч")).toContainText("1 из 1");
  await page.getByRole("checkbox", { name: "Сделано: Заказать коробки и скотч" }).check();
  await expect(page.getByText("Сделано: «Заказать коробки и скотч»")).toBeVisible();
  await expect(rowOf(page, "скотч")).toHaveCount(0);
  await page.getByRole("button", { name: "Вернуть", exact: true }).click();
  await expect(rowOf(page, "скотч")).toBeVisible();

  await page.getByRole("link", { name: "Заказать коробки и скотч" }).click();
  await panel.getByRole("button", { name: "Удалить" }).click();
  const question = page.getByRole("alertdialog");
  await expectAccessible();
  await question.getByRole("button", { name: "Удалить" }).click();
  await expect(question).toBeHidden();
  await expect(rowOf(page, "скотч")).toHaveCount(0);
});

test("lists are made and shared, tasks are dragged, moved by keys and changed many at once", async ({
  page,
  expectAccessible,
}) => {
  await letIn(colleague);
  await signIn(page);
  await newList(page, "Склад");
  await newList(page, "Ответы");
  await page.getByRole("button", { name: "Доступ к «Склад»" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel(`Что может ${colleague.name}`).selectOption("view");
  await expectAccessible();
  await takeScreenshots(page, "tasks-share");
  await window.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Доступ есть ещё у 1 человека")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "tasks-lists");

  await page.getByRole("link", { name: "Ответы", exact: true }).click();
  for (const title of ["Ответить Асель", "Ответить Марату", "Пересчитать полки"])
    await quickly(page, title);
  const lists = page.getByRole("navigation", { name: "Списки" });
  await rowOf(page, "Пересчитать полки").dragTo(lists.getByRole("link", { name: /Склад/ }));
  await expect(page.getByText("Перемещено в «Склад»")).toBeVisible();
  await expect(rowOf(page, "Пересчитать полки")).toHaveCount(0);

  await page.getByRole("button", { name: "Переместить «Ответить Марату»" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Склад" }).focus();
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "Ответить Марату")).toHaveCount(0);

  await lists.getByRole("link", { name: /Склад/ }).click();
  await expect(rowOf(page, "Пересчитать полки")).toBeVisible();
  await page.getByRole("checkbox", { name: "Отметить: Пересчитать полки" }).check();
  await page.getByRole("checkbox", { name: "Отметить: Ответить Марату" }).check();
  const bar = page.getByRole("region", { name: "Что сделать с отмеченными" });
  await expect(bar).toContainText("Отмечены 2 задачи");
  await expectAccessible();
  await takeScreenshots(page, "tasks");

  const quick = page.getByRole("textbox", { name: "Новая задача" });
  await quick.fill("Купить ско");
  await page.getByRole("link", { name: "Пересчитать полки" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Закрыть" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(quick).toHaveValue("Купить ско");
  await expect(bar).toContainText("Отмечены 2 задачи");
  await quick.fill("");

  await bar.getByRole("button", { name: "Переместить" }).click();
  await page.getByRole("menuitem", { name: "Ответы" }).click();
  await expect(rowOf(page, "Пересчитать полки")).toHaveCount(0);
  const moved = page.getByRole("listitem").filter({ hasText: "Перемещено в «Ответы»" });
  await moved.getByRole("button", { name: "Вернуть", exact: true }).click();
  for (const title of ["Пересчитать полки", "Ответить Марату"]) {
    await expect(rowOf(page, title)).toBeVisible();
    await page.getByRole("checkbox", { name: `Отметить: ${title}` }).check();
  }
  await bar.getByRole("button", { name: "Поручить" }).click();
  await page.getByRole("menuitem", { name: colleague.name }).click();
  await expect(rowOf(page, "Пересчитать полки")).toContainText(colleague.name);

  const there = await theirPage(page);
  await there.goto("/tasks");
  await expect(rowOf(there, "Пересчитать полки")).toBeVisible();
  await expect(rowOf(there, "Ответить Асель")).toHaveCount(0);
  await there.getByRole("link", { name: "Пересчитать полки" }).click();
  const panel = there.getByRole("dialog");
  await expect(
    panel.getByText("Задача поручена вам").or(panel.getByText("Список открыт вам")),
  ).toBeVisible();
  await expect(panel.getByRole("button", { name: "Удалить" })).toHaveCount(0);
  await panel.getByRole("button", { name: "Сделано" }).click();
  await expect(panel.getByText(`Сделано: ${colleague.name}`)).toBeVisible();
  await there.context().close();

  await page.getByRole("link", { name: "Сделано", exact: true }).click();
  await expect(rowOf(page, "Пересчитать полки")).toBeVisible();
});

test("an open task shows what others do with it, and keeps what is typed in it", async ({
  page,
}) => {
  await letIn(colleague);
  await signIn(page);
  await newList(page, "Общий");
  await page.getByRole("button", { name: "Доступ к «Общий»" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel(`Что может ${colleague.name}`).selectOption("edit");
  await window.getByRole("button", { name: "Сохранить" }).click();
  await page.getByRole("link", { name: "Общий", exact: true }).click();
  await quickly(page, "Принять поставку");
  await page.clock.install();
  await page.reload();
  await page.getByRole("link", { name: "Принять поставку" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByLabel("Подробности").fill("Ворота со двора");
  await panel.getByLabel("Написать комментарий").fill("Кто встре");

  const there = await theirPage(page);
  await there.goto(page.url());
  const theirs = there.getByRole("dialog");
  await theirs.getByLabel("Срок").fill("2030-05-06T10:30");
  await theirs.getByRole("button", { name: "Сохранить" }).click();
  await expect(there.getByText("Сохранено")).toBeVisible();
  await theirs.getByLabel("Написать комментарий").fill("Машина будет к десяти");
  await theirs.getByRole("button", { name: "Отправить" }).click();
  await expect(theirs.getByText("Машина будет к десяти")).toBeVisible();
  await there.context().close();

  await page.clock.runFor(45_000);
  await expect(panel.getByText("Машина будет к десяти")).toBeVisible();
  await expect(panel.getByLabel("Срок")).toHaveValue("2030-05-06T10:30");
  await expect(panel.getByLabel("Подробности")).toHaveValue("Ворота со двора");
  await expect(panel.getByLabel("Написать комментарий")).toHaveValue("Кто встре");
  await panel.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Сохранено")).toBeVisible();
  await expect(panel.getByLabel("Срок")).toHaveValue("2030-05-06T10:30");
});

test("a task is made of a store, and by a rule of what happens there", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await connectSmallShop(page);
  await page.goto("/stores");
  await page.getByRole("link", { name: smallShop.name, exact: true }).click();
  await page.getByRole("link", { name: "Сделать задачу" }).click();
  await expect(page.getByText(`О чём: ${smallShop.name}`)).toBeVisible();
  await quickly(page, "Проверить точки выдачи");
  await page.getByRole("link", { name: "Проверить точки выдачи" }).click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByRole("link", { name: smallShop.name })).toBeVisible();
  await panel.getByRole("button", { name: "Закрыть" }).click();

  await page.goto("/tasks/rules");
  await expect(page.getByRole("heading", { name: "Правил пока нет" })).toBeVisible();
  await page.getByRole("button", { name: "Новое правило" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Когда").selectOption({ label: "Отзыв с 1–2 звёздами" });
  await window.getByLabel("Срок").selectOption({ label: "через 2 часа" });
  await expectAccessible();
  await takeScreenshots(page, "tasks-rule");
  await window.getByRole("button", { name: "Создать правило" }).click();
  await expect(page.getByText("Отзыв с 1–2 звёздами: Любой магазин")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "tasks-rules");

  await inOfficeDatabase(async (sql) => {
    await sql`update notices set resolved_at = now() where kind = 'low_review' and resolved_at is null`;
    await sql`insert into notices (key, kind, severity, store_id, params)
      select 'low_review:' || id, 'low_review', 'warning', id, '{"count": 1}' from stores
      where name = ${smallShop.name}`;
  });
  const title = `Ответить на плохой отзыв: ${smallShop.name}`;
  await page.goto("/tasks?view=list");
  await expect(async () => {
    await page.reload();
    await expect(rowOf(page, title)).toBeVisible({ timeout: 2_000 });
  }).toPass();
});
