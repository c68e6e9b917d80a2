import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { preorders } from "@/lib/db/schema/preorders";
import { tellings } from "@/lib/db/schema/telegram";
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
    proxyStats: () => ({ path: "/proxies/stats/" }),
    approveDecision: async () => ({ path: await frozen("approve") }),
    rejectDecision: async () => ({ path: await frozen("reject") }),
    askForTelegramLink: () => ({ path: "/telegram/link/" }),
    removeTelegramLink: async () => {
      await linked(office.owner);
      return { path: "/telegram/link/" };
    },
    confirmTelegramLink: async () => ({
      path: "/telegram/confirm/",
      body: { token: await shownToken(), telegram_id: 424_242, replace: true },
    }),
    getTelegramUser: async () => ({ path: await account("users") }),
    changeTelegramUser: async () => ({ path: await account("users"), body: { locale: "ru" } }),
    getDialog: async () => ({ path: await account("dialogs") }),
    takeUpdate: async () => ({ path: await account("dialogs"), body: update() }),
    keepDialog: async () => {
      const path = await account("dialogs");
      const body = update();
      await call("PUT", path, { body, key: office.bot });
      return { path, body };
    },
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
