import type { Locator, Page } from "@playwright/test";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
type View = { viewport: typeof desktop; colorScheme: "light" | "dark" };
const views: readonly View[] = [
  { viewport: desktop, colorScheme: "light" },
  { viewport: phone, colorScheme: "dark" },
  { viewport: desktop, colorScheme: "dark" },
  { viewport: phone, colorScheme: "light" },
];
/** Each width with each theme, in turns; all of them for each page in long runs. */
const viewsOf = (nth: number) =>
  process.env.LONG === "1" ? views : views.filter((_, index) => index === nth % views.length);
const viewName = ({ viewport, colorScheme }: View) => `${viewport.width} px, ${colorScheme}`;
/** A window, a question, a menu, or what a filter button shows. */
const opened = "[role=dialog], [role=alertdialog], [role=menu], [role=group][aria-label]";

const address = {
  overview: async () => "/overview",
  products: async () => "/products",
  "nothing found": async () => "/products?q=нет-такого&filter=bot_on&place=first",
  product: async (page: Page) => {
    const { sku } = await goodsFor("accessibility");
    await page.goto(`/products?q=${encodeURIComponent(sku)}`);
    return hrefOf(page.getByRole("row").filter({ hasText: sku }).getByRole("link").first());
  },
  stores: async () => "/stores",
  store: async (page: Page) => {
    await page.goto("/stores");
    return hrefOf(
      page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link").first(),
    );
  },
  "connecting a store": async () => "/stores?connect=1",
  decisions: async () => "/decisions",
  "price checks": async () => "/decisions/runs?show=all",
  approvals: async () => "/approvals",
  preorders: async () => "/preorders",
  orders: async () => "/orders",
  sales: async () => "/sales",
  profit: async () => "/sales/profit",
  stock: async () => "/sales/stock?view=all",
  calculator: async () => "/calculator",
  rivals: async () => "/rivals",
  reviews: async () => "/reviews",
  "analysed cards": async () => "/reviews/cards",
  tasks: async () => "/tasks",
  "lists of tasks": async () => "/tasks/lists",
  "rules of tasks": async () => "/tasks/rules",
  mailings: async () => "/mailings",
  recipients: async () => "/mailings/recipients",
  "recipients from a table": async () => "/mailings/recipients/import",
  letters: async () => "/mailings/messages",
  "a new letter": async () => "/mailings/messages/new",
  "a mailbox": async () => "/mailings/mailbox",
  people: async () => "/people",
  settings: async () => "/settings",
  "a forgotten password": async () => "/forgot",
  exits: async () => "/settings/exits",
  "what works now": async () => "/status",
} satisfies Record<string, (page: Page) => Promise<string>>;

async function show(page: Page, { viewport, colorScheme }: View): Promise<void> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
}

const hrefOf = async (link: Locator) => (await link.getAttribute("href")) ?? "";

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("every page is for everybody, wide and narrow, light and dark", async ({
  page,
  expectAccessible,
}) => {
  await connectSmallShop(page);
  await expect(async () => {
    await page.goto("/products");
    await expect(page.getByRole("row").nth(1)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  for (const [nth, [name, find]] of Object.entries(address).entries()) {
    const url = await find(page);
    for (const view of viewsOf(nth)) {
      await test.step(`${name}, ${viewName(view)}`, async () => {
        await show(page, view);
        await page.goto(url);
        await expect(page.locator("main")).toBeVisible();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await expectAccessible();
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, "nothing is wider than the screen").toBeLessThanOrEqual(0);
      });
    }
    await page.setViewportSize(desktop);
  }
});

test("every window and menu is for everybody, wide and narrow, light and dark", async ({
  page,
  expectAccessible,
}) => {
  const product = await address.product(page);
  const store = await address.store(page);
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const windows: [string, string, () => Promise<void>][] = [
    ["filters", "/products", () => button(/^Фильтры/).click()],
    [
      "a bulk change",
      "/products",
      async () => {
        await page
          .getByLabel(/^Выбрать: /)
          .first()
          .check();
        await button("Максимум").last().click();
      },
    ],
    [
      "a product's rule",
      product,
      () => page.getByRole("region", { name: "Правило" }).getByRole("button").first().click(),
    ],
    [
      "a store's rule",
      "/stores",
      () => page.getByRole("link", { name: "Изменить правило" }).first().click(),
    ],
    ["a stop", "/stores", () => button("Остановить отправку").first().click()],
    ["a name", store, () => button("Переименовать").click()],
    ["a pause", store, () => button("Поставить на паузу").click()],
    ["a proxy", "/settings/exits", () => button("Добавить прокси").click()],
    [
      "one's own menu",
      "/overview",
      () =>
        button(/^Меню: /)
          .first()
          .click(),
    ],
    [
      "a pace",
      "/settings/exits",
      () =>
        button(/^Темп: /)
          .first()
          .click(),
    ],
  ];
  for (const [nth, [name, url, open]] of windows.entries()) {
    for (const view of viewsOf(nth)) {
      await test.step(`${name}, ${viewName(view)}`, async () => {
        await show(page, view);
        await page.goto(url);
        await open();
        await expect(page.locator(opened).last()).toBeVisible();
        await expectAccessible();
      });
    }
  }
});
