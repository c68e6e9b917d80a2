import { opensAndReturns, tabTo } from "./support/keys";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";

const amount = (tenge: number) => new RegExp(String(tenge).replace(/\B(?=(\d{3})+$)/g, "\\s"));

test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("products are found, limited, ticked and opened by keys alone", async ({ page }) => {
  await connectSmallShop(page);
  const { sku, start } = await goodsFor("keys");
  const row = page.getByRole("row").filter({ hasText: sku });
  const dialog = page.getByRole("dialog");

  await test.step("the search takes words, and the list follows", async () => {
    await expect(async () => {
      await page.goto("/products");
      await expect(page.getByRole("row").nth(1)).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "К содержанию" })).toBeFocused();
    await tabTo(page, page.getByRole("search").getByRole("textbox"));
    await page.keyboard.type(sku);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/q=/);
    await expect(page.getByRole("row")).toHaveCount(2);
  });

  await test.step("filters and columns open and give the focus back", async () => {
    await opensAndReturns(page, {
      button: page.getByRole("button", { name: /^Фильтры/ }),
      opened: page.getByRole("group", { name: "Фильтры списка" }),
    });
    await opensAndReturns(page, {
      button: page.getByRole("button", { name: "Столбцы" }),
      opened: page.getByRole("group", { name: "Какие столбцы показать" }),
    });
  });

  await test.step("a floor is typed where it stands, and the bot is switched", async () => {
    const floor = row.getByRole("button", { name: /^Минимум/ });
    await tabTo(page, floor);
    await page.keyboard.press("Enter");
    await page.keyboard.type(String(start - 1_000));
    await page.keyboard.press("Enter");
    await expect(floor).toHaveText(amount(start - 1_000));
    await expect(floor).toBeFocused();
    await expect(floor).not.toHaveAttribute("aria-busy");
    const bot = row.getByRole("switch");
    await tabTo(page, bot);
    await page.keyboard.press("Space");
    await expect(bot).toBeChecked();
    await expect(bot).toBeFocused();
    await page.keyboard.press("Space");
    await expect(bot).not.toBeChecked();
  });

  await test.step("a ticked row brings the bar, and its window comes and goes", async () => {
    await tabTo(page, row.getByRole("checkbox"), "Shift+Tab");
    await page.keyboard.press("Space");
    const bar = page.getByRole("region", { name: "Выбранные товары" });
    await expect(bar).toBeVisible();
    await opensAndReturns(
      page,
      { button: bar.getByRole("button", { name: "Минимум", exact: true }), opened: dialog },
      async () => {
        await tabTo(page, dialog.getByLabel("Новый минимум"));
        await page.keyboard.type("90");
        await page.keyboard.press("Enter");
        await expect(
          dialog.getByRole("button", { name: /^Изменить|^Менять нечего/ }),
        ).toBeVisible();
      },
    );
    await tabTo(page, bar.getByRole("button", { name: "Снять выбор" }));
    await page.keyboard.press("Enter");
    await expect(bar).toBeHidden();
  });

  await test.step("the product: its rule, a note, its history", async () => {
    await page.reload();
    await tabTo(page, row.getByRole("link").first());
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/products\/[0-9a-f-]+/);
    await opensAndReturns(page, {
      button: page.getByRole("region", { name: "Правило" }).getByRole("button").first(),
      opened: dialog,
    });
    const note = page.getByLabel("Ваша заметка");
    await tabTo(page, note);
    await page.keyboard.type("Ждём поставку");
    await tabTo(page, page.getByRole("button", { name: "Сохранить", exact: true }));
    await page.keyboard.press("Enter");
    await expect(page.getByText("Заметка сохранена.")).toBeVisible();
    await page.reload();
    await expect(note).toHaveValue("Ждём поставку");
  });
});

test("a store and the settings open and give the focus back", async ({ page }) => {
  const dialog = page.getByRole("dialog");
  const question = page.getByRole("alertdialog");

  await test.step("a cabinet is asked for and left alone", async () => {
    await page.goto("/stores");
    await opensAndReturns(page, {
      button: page.getByRole("link", { name: "Подключить магазин" }),
      opened: dialog,
    });
    await opensAndReturns(page, {
      button: page.getByRole("link", { name: "Изменить правило" }).first(),
      opened: dialog,
    });
  });

  await test.step("a store: its name, its pause", async () => {
    await page
      .getByRole("main")
      .getByRole("heading", { level: 2 })
      .getByRole("link")
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/stores\/[0-9a-f-]+/);
    await expect(page.getByRole("button", { name: "Переименовать" })).toBeVisible();
    await opensAndReturns(page, {
      button: page.getByRole("button", { name: "Переименовать" }),
      opened: dialog,
    });
    await opensAndReturns(page, {
      button: page.getByRole("button", { name: "Поставить на паузу" }),
      opened: question,
    });
  });

  await test.step("the settings: the stop for everything", async () => {
    await page.goto("/settings");
    await opensAndReturns(page, {
      button: page.getByRole("button", { name: "Остановить отправку везде" }),
      opened: question,
    });
  });

  await test.step("the addresses: a new proxy", async () => {
    await page.goto("/settings/exits");
    await opensAndReturns(page, {
      button: page.getByRole("button", { name: "Добавить прокси" }),
      opened: dialog,
    });
  });

  await test.step("the overview: a number leads to its list", async () => {
    await page.goto("/overview");
    await tabTo(page, page.getByRole("main").getByRole("link").first());
    await page.keyboard.press("Enter");
    await expect(page).not.toHaveURL(/overview/);
  });
});
