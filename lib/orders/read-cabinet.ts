import { askCabinet } from "@/lib/accounts/ask-cabinet";
import { AppError, isAppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import {
  type CabinetTab,
  cabinetTabs,
  findCabinetOrder,
  listCabinetOrders,
} from "@/lib/kaspi/cabinet-orders";
import { LEGACY_PAGE, listLegacyOrders } from "@/lib/kaspi/legacy-orders";
import type { KaspiOrder } from "@/lib/kaspi/order";
import type { CabinetSession } from "@/lib/kaspi/session";
import { log } from "@/lib/log";
import type { OrderSource } from "./model";
import { noteLeft, openOrders } from "./open-queries";
import type { ReadStore } from "./read-queries";
import { addMet, type Met, nothingMet } from "./read-shop";
import { isLegacy, noteLegacy } from "./read-state-queries";
import { storeOrders } from "./store-queries";

/** Ten orders a page: five thousand open ones in one tab are nobody's. */
const MOST_PAGES = 500;
const MOST_LEGACY_PAGES = 50;
const MOST_LEFT = 50;

/** How many tabs there are to read, one after another. */
export const TABS = cabinetTabs.length;

type Asked = { access: KaspiAccess; store: ReadStore; signal?: AbortSignal | undefined };

function ask<T>(
  { access, store, signal }: Asked,
  work: (cabinet: CabinetSession) => Promise<T>,
): Promise<T> {
  if (store.accountId === null) throw new AppError("needs_reauth");
  const channel = { name: "orders", of: store.id } as const;
  return askCabinet(access, { accountId: store.accountId, channel }, work, signal);
}

/**
 * Reads the orders of a tab in the cabinet, in the form that it has; where that is refused from the first, in the
 * one it had, which the other tabs are then read in, too. Throws as `askCabinet`.
 */
export async function readTab(asked: Asked, nth: number): Promise<Met> {
  const tab = cabinetTabs[nth];
  if (!tab) return nothingMet;
  const { access, store } = asked;
  if (nth > 0)
    return (await isLegacy(access.db, store)) ? walkLegacy(asked, tab) : walkTab(asked, tab);
  const first = await pageOf(asked, tab, 0).catch((error: unknown) => {
    if (isRefused(error)) return error;
    throw error;
  });
  const isRefusal = first instanceof AppError;
  await noteLegacy(access.db, store, isRefusal);
  if (!isRefusal) return walkTab(asked, tab, first);
  log.warn({ store: store.id, kind: first.kind }, "orders are read in their old form");
  // Where that is gone, too, the truth is that the present one was refused.
  return walkLegacy(asked, tab).catch((error: unknown) => {
    throw isRefused(error) ? first : error;
  });
}

const isRefused = (error: unknown): error is AppError =>
  isAppError(error, "kaspi_rejected", "kaspi_not_found");

async function pageOf(asked: Asked, tab: CabinetTab, page: number) {
  asked.signal?.throwIfAborted();
  const readAt = asked.access.clock();
  const query = { merchantUid: asked.store.merchantId, tab, page };
  return { ...(await ask(asked, (cabinet) => listCabinetOrders(cabinet, query))), readAt };
}

type Page = Awaited<ReturnType<typeof pageOf>>;

/** What the tab says it has and did not show counts as unreadable. */
async function walkTab(asked: Asked, tab: CabinetTab, first?: Page): Promise<Met> {
  const seen = new Set<string>();
  let met = nothingMet;
  let total = 0;
  for (let page = 0, pages = 1; page < Math.min(pages, MOST_PAGES); page += 1) {
    const said = (page === 0 && first) || (await pageOf(asked, tab, page));
    met = addMet(met, await keep(asked, "cabinet", said));
    for (const { code } of said.orders) seen.add(code);
    pages = said.orders.length + said.unreadable === 0 ? 0 : said.pages;
    total = said.total;
  }
  const missing = Math.max(total - seen.size - met.unreadable, 0);
  return { ...met, unreadable: met.unreadable + missing };
}

async function walkLegacy(asked: Asked, tab: CabinetTab): Promise<Met> {
  const merchantUid = asked.store.merchantId;
  let met = nothingMet;
  for (let page = 0; page < MOST_LEGACY_PAGES; page += 1) {
    asked.signal?.throwIfAborted();
    const readAt = asked.access.clock();
    const start = page * LEGACY_PAGE;
    const said = await ask(asked, (cabinet) =>
      listLegacyOrders(cabinet, { merchantUid, tab, start }),
    );
    met = addMet(met, await keep(asked, "cabinet_legacy", { ...said, readAt }));
    if (said.orders.length + said.unreadable < LEGACY_PAGE) break;
  }
  return met;
}

type Said = { orders: readonly KaspiOrder[]; unreadable: number; readAt: Date };

async function keep(
  { access, store }: Asked,
  source: OrderSource,
  { orders, unreadable, readAt }: Said,
): Promise<Met> {
  const reading = { storeId: store.id, source, readAt };
  const kept = await storeOrders(access.db, reading, orders, access.clock());
  return { ...kept, orders: orders.length, unreadable };
}

/**
 * What has left all tabs since this reading began is over: asks what became of it. Throws as `askCabinet`;
 * where Kaspi does not tell, it stays as it was.
 */
export async function readLeft(asked: Asked, since: Date): Promise<Met> {
  const { access, store } = asked;
  let met = nothingMet;
  for (const { id, code } of await openOrders(access.db, store.id, since, MOST_LEFT)) {
    asked.signal?.throwIfAborted();
    const readAt = access.clock();
    const order = await ask(asked, (cabinet) =>
      findCabinetOrder(cabinet, { merchantUid: store.merchantId, code }),
    ).catch(unlessTold);
    if (!order) await noteLeft(access.db, id, readAt);
    const orders = order ? [order] : [];
    met = addMet(met, await keep(asked, "cabinet", { orders, unreadable: 0, readAt }));
  }
  return met;
}

function unlessTold(error: unknown): null {
  if (isAppError(error, "kaspi_rejected", "kaspi_not_found", "kaspi_malformed")) return null;
  throw error;
}
