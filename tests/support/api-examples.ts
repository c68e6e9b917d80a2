import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { preorders } from "@/lib/db/schema/preorders";
import { telegramLinks, tellings } from "@/lib/db/schema/telegram";
import { webhooks } from "@/lib/db/schema/webhooks";
import type { apiOffice } from "./api";
import { goodsOnSale, type Handle, handle } from "./goods";
import type { receiver } from "./receiver";
import { connectedStore, syncNow } from "./stores";
import { telegramOf } from "./telling";

type Office = Awaited<ReturnType<typeof apiOffice>>;

/** What an operation is asked when all is well. */
export type Example = { path: string; query?: string; body?: unknown };

/** For each operation a question that is answered well, made of things of its own. */
export async function apiExamples(office: Office, hooks: Awaited<ReturnType<typeof receiver>>) {
  const { call, twin } = office;
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  const goods = await goodsOnSale(office, storeId, merchantId);
  let taken = 0;
  const take = (): Handle => {
    taken += 1;
    return handle(office, goods[taken % goods.length] ?? expect.fail("no goods"));
  };

  /** A product with a floor, a bot and a decision. */
  async function lived(): Promise<Handle> {
    const own = take();
    await own.watch({ floor: own.kaspiPrice() - 300 });
    own.rivals(own.kaspiPrice() - 50);
    await own.check();
    return own;
  }
  const product = (own: Handle, rest = "") => `/products/${own.productId}/${rest}`;
  const made = async (path: string, body: unknown) => (await call("POST", path, { body })).body.id;
  const merchant = () => ({ merchant_id: `${Math.floor(1e7 + Math.random() * 9e7)}`, name: "Ещё" });
  const hook = { url: hooks.url, events: ["price.changed"] };
  async function aHook(rest = ""): Promise<string> {
    // A person may have but so many.
    await office.access.db.delete(webhooks);
    return `/webhooks/${await made("/webhooks/", hook)}/${rest}`;
  }
  const aStore = async (rest = "") =>
    `/kaspi/stores/${await made("/kaspi/stores/", merchant())}/${rest}`;
  async function sms() {
    const body = { phone: "+7 701 000 00 03" };
    twin.advance({ ms: 3_700_000 });
    const begun = await call("POST", "/kaspi/auth/sms_start/", { body });
    return { session_id: begun.body.session_id, code: twin.lastCode()?.code ?? "" };
  }

  const category = async () => (await made("/categories/", { name: "Склад" })) as string;
  async function aTask(rest = "", given: object = {}): Promise<string> {
    const body = { category_id: await category(), title: "Пересчитать остатки", ...given };
    return `/tasks/${await made("/tasks/", body)}/${rest}`;
  }

  const preorderBody = () => ({
    store_id: storeId,
    product_id: take().productId,
    warehouses: [{ id: 1, quantity: 5 }],
    delivery_days: 7,
  });
  /** The shop is small: the product's earlier one is out of the way. */
  async function aPreorder(): Promise<string> {
    await office.access.db.delete(preorders);
    return made("/preorders/", preorderBody());
  }

  const { linked } = await telegramOf(office);
  /** Somebody whose Telegram account is linked. */
  async function account(rest = ""): Promise<string> {
    const { id } = await linked(office.stranger);
    return `/telegram/${rest}/${id}/`;
  }
  async function shownToken(): Promise<string> {
    const { body } = await call("POST", "/telegram/link/");
    return body.token;
  }
  /** A price that waits for a person. */
  async function frozen(rest: string): Promise<string> {
    const own = take();
    await own.watch({ floor: Math.ceil(own.kaspiPrice() / 4) });
    own.rivals(Math.floor(own.kaspiPrice() / 2));
    await own.check();
    const asked = (await own.history()).find(({ state }) => state === "frozen");
    return `/decisions/${asked?.id}/${rest}/`;
  }
  let updates = 0;
  const update = () => {
    updates += 1;
    return { state: { at: "menu" }, update_id: updates };
  };
  async function aTelling(): Promise<string> {
    const now = office.access.clock();
    const row = {
      ...{ userId: office.owner.id, subject: randomUUID(), kind: "task_due" },
      ...{ params: { task: "a" }, createdAt: now, notBefore: now },
    };
    const [made] = await office.access.db.insert(tellings).values(row).returning();
    return `/telegram/tellings/${made?.id}/`;
  }

  const examples: Record<string, () => Promise<Example> | Example> = {
    authenticate: () => {
      twin.advance({ ms: 3_700_000 });
      const body = { email: "two@duken.kz", password: "two-kaspi" };
      return { path: "/kaspi/auth/authenticate/", body };
    },
    startSms: () => {
      twin.advance({ ms: 3_700_000 });
      return { path: "/kaspi/auth/sms_start/", body: { phone: "+7 701 000 00 03" } };
    },
    verifySms: async () => ({ path: "/kaspi/auth/sms_verify/", body: await sms() }),
    listStores: () => ({ path: "/kaspi/stores/", query: "page_size=1&ordering=-name" }),
    addStore: () => ({ path: "/kaspi/stores/", body: merchant() }),
    getStore: () => ({ path: `/kaspi/stores/${storeId}/` }),
    changeStore: async () => ({ path: await aStore(), body: { name: "Иначе", is_active: false } }),
    removeStore: async () => ({ path: await aStore() }),
    syncStore: () => ({ path: `/kaspi/stores/${storeId}/sync/` }),
    getSession: () => ({ path: `/kaspi/stores/${storeId}/session/` }),
    listProducts: async () => {
      await lived();
      return { path: "/products/", query: "bot_active=true&ordering=-price&page_size=5" };
    },
    createProduct: () => ({
      path: "/products/",
      body: { store_id: storeId, kaspi_sku: randomUUID(), name: "Чайник", min_price: 900 },
    }),
    getProduct: async () => ({ path: product(await lived()) }),
    putProduct: () => ({
      path: product(take()),
      body: { cost: 100, step: { unit: "tenge", value: 2 } },
    }),
    changeProduct: () => ({ path: product(take()), body: { strategy: { kind: "match" } } }),
    deleteProduct: async () => ({
      path: `/products/${await made("/products/", { store_id: storeId, kaspi_sku: randomUUID(), name: "Чайник" })}/`,
    }),
    offersByProduct: async () => ({
      path: "/products/offers_by_product/",
      body: { product_id: (await lived()).productId },
    }),
    updatePrice: () => {
      const own = take();
      const body = { product_id: own.productId, price: own.kaspiPrice() + 1 };
      return { path: "/products/update_price/", body };
    },
    enableBots: () => ({
      path: "/products/batch_enable/",
      body: { store_id: storeId, product_ids: [take().productId, "nobody's"] },
    }),
    disableBots: () => ({
      path: "/products/batch_disable/",
      body: { store_id: storeId, product_ids: [take().sku] },
    }),
    getStrategy: async () => ({ path: product(await lived(), "strategy/") }),
    putStrategy: async () => ({
      path: product(await lived(), "strategy/"),
      body: { strategy: { kind: "position", place: 2 }, schedule: null },
    }),
    priceHistory: async () => ({ path: product(await lived(), "price_history/"), query: "page=1" }),
    storeStats: () => ({ path: "/products/store_stats/", query: `store_id=${storeId}` }),
    getRun: async () => {
      const path = `/kaspi/stores/${storeId}/sync/`;
      const { body } = await call("POST", path, { headers: { prefer: "respond-async" } });
      return { path: `/runs/${body.run_id}/` };
    },
    listPreorders: async () => {
      await aPreorder();
      return { path: "/preorders/", query: "status=processing&ordering=-delivery_days" };
    },
    addPreorder: async () => {
      await office.access.db.delete(preorders);
      return { path: "/preorders/", body: preorderBody() };
    },
    getPreorder: async () => ({ path: `/preorders/${await aPreorder()}/` }),
    changePreorder: async () => ({
      path: `/preorders/${await aPreorder()}/`,
      body: { delivery_days: 12, warehouses: [{ id: 1, quantity: 3 }] },
    }),
    cancelPreorder: async () => ({ path: `/preorders/${await aPreorder()}/` }),
    listPreordersByStore: async () => {
      await aPreorder();
      return { path: "/preorders/list_by_store/", query: `store_id=${storeId}` };
    },
    uploadPreorders: async () => {
      await aPreorder();
      return { path: "/preorders/upload/", body: { store_id: storeId } };
    },
    preordersExcel: async () => {
      await aPreorder();
      return { path: "/preorders/generate_excel/", body: { store_id: storeId } };
    },
    salesOfStore: () => ({
      path: `/kaspi/sales/${storeId}/`,
      query: "from=2026-01-01&to=2026-01-31",
    }),
    cardReviews: () => ({
      path: "/kaspi/reviews/",
      body: { product_url: `https://kaspi.kz/shop/p/x-${goods[0]?.cardId}/?c=750000000` },
    }),
    listPeople: () => ({ path: "/people/", query: "search=own&page_size=5" }),
    listCategories: async () => {
      await category();
      return { path: "/categories/", query: "page_size=1" };
    },
    addCategory: () => ({
      path: "/categories/",
      body: { name: "Склад", members: [{ user_id: office.stranger.id, rights: "edit" }] },
    }),
    getCategory: async () => ({ path: `/categories/${await category()}/` }),
    changeCategory: async () => ({
      path: `/categories/${await category()}/`,
      body: { name: "Другой", members: [] },
    }),
    removeCategory: async () => ({ path: `/categories/${await category()}/` }),
    listTasks: async () => {
      await aTask("", { due_at: "2026-03-02T18:00:00+05:00" });
      return { path: "/tasks/", query: "done=false&ordering=-due_at&page_size=2" };
    },
    addTask: async () => ({
      path: "/tasks/",
      body: {
        ...{ category_id: await category(), title: "Пересчитать остатки", text: "Абая, 10" },
        ...{ due_at: "2026-03-02T18:00:00Z", priority: "high", store_id: storeId },
        ...{ steps: [{ text: "Верхняя полка" }], user_ids: [office.owner.id] },
      },
    }),
    getTask: async () => ({ path: await aTask() }),
    changeTask: async () => ({
      path: await aTask(),
      body: { title: "Иначе", due_at: null, product_id: take().productId },
    }),
    removeTask: async () => ({ path: await aTask() }),
    completeTask: async () => ({ path: await aTask("complete/") }),
    reopenTask: async () => ({ path: await aTask("reopen/") }),
    seeTask: async () => ({ path: await aTask("seen/") }),
    assignTask: async () => ({
      path: await aTask("assign/"),
      body: { user_ids: [office.owner.id] },
    }),
    tickStep: async () => {
      const path = await aTask("", { steps: [{ text: "Верхняя полка" }] });
      const { body } = await call("GET", path);
      return { path: `${path}steps/${body.steps[0].id}/`, body: { is_done: true } };
    },
    listTaskComments: async () => {
      const path = await aTask("comments/");
      await call("POST", path, { body: { text: "Склад закрыт" } });
      return { path };
    },
    addTaskComment: async () => ({
      path: await aTask("comments/"),
      body: { text: "Склад закрыт" },
    }),
    listTaskHistory: async () => ({ path: await aTask("history/") }),
    proxyStats: () => ({ path: "/proxies/stats/" }),
    approveDecision: async () => ({ path: await frozen("approve") }),
    rejectDecision: async () => ({ path: await frozen("reject") }),
    askForTelegramLink: () => ({ path: "/telegram/link/" }),
    removeTelegramLink: async () => {
      await linked(office.owner);
      return { path: "/telegram/link/" };
    },
    confirmTelegramLink: async () => {
      // A link that is there already would be asked about.
      await office.access.db.delete(telegramLinks);
      const body = { token: await shownToken(), telegram_id: 424_242 };
      return { path: "/telegram/confirm/", body };
    },
    getTelegramUser: async () => ({ path: await account("users") }),
    changeTelegramUser: async () => ({ path: await account("users"), body: { locale: "ru" } }),
    getDialog: async () => ({ path: await account("dialogs") }),
    keepDialog: async () => ({ path: await account("dialogs"), body: update() }),
    getTelling: async () => ({ path: await aTelling() }),
    listWebhooks: async () => {
      await aHook();
      return { path: "/webhooks/" };
    },
    addWebhook: async () => {
      await aHook();
      return { path: "/webhooks/", body: hook };
    },
    getWebhook: async () => ({ path: await aHook() }),
    changeWebhook: async () => ({ path: await aHook(), body: { is_active: false } }),
    removeWebhook: async () => ({ path: await aHook() }),
    testWebhook: async () => ({ path: await aHook("test/") }),
    listDeliveries: async () => {
      const path = await aHook();
      await call("POST", `${path}test/`);
      return { path: `${path}deliveries/` };
    },
  };
  return examples;
}
