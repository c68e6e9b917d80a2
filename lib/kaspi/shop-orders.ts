import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { later, SECOND } from "@/lib/core/time";
import { checked } from "@/lib/kaspi/answer";
import type { KaspiOrder, OrderEntry, OrdersPage } from "@/lib/kaspi/order";
import { readEntries, readOrder } from "@/lib/kaspi/order-wire";
import { callShop, type ShopApi } from "@/lib/kaspi/shop-call";
import { wireId, wireNumber, wireText } from "@/lib/kaspi/wire-values";

/** Every state there is; ARCHIVE is listed only when it is named (protocol G2). */
export const shopStates = [
  "NEW",
  "SIGN_REQUIRED",
  "PICKUP",
  "DELIVERY",
  "KASPI_DELIVERY",
  "ARCHIVE",
] as const;
export type ShopState = (typeof shopStates)[number];

/** Kaspi gives no more on a page. */
export const LARGEST_ORDERS_PAGE = 100;

const list = z.object({
  data: z.array(z.unknown()),
  included: z.array(z.unknown()).nullish(),
  meta: z.object({ pageCount: wireNumber, totalCount: wireNumber }),
});
const named = z.object({ id: wireId });

/**
 * A page of the orders made from `from` until just before `until`, `page` from 0, with their lines where Kaspi
 * sends them along (protocol G2). The window may not exceed 14 days. An order that cannot be understood is
 * counted in `unreadable`. Throws as `callShop`.
 */
export async function listOrders(
  shop: ShopApi,
  query: { from: Date; until: Date; page: number; states?: readonly ShopState[] },
): Promise<OrdersPage> {
  const { from, until, page, states = shopStates } = query;
  const filters = [
    `page[number]=${page}`,
    `page[size]=${LARGEST_ORDERS_PAGE}`,
    `filter[orders][state]=${states.join(",")}`,
    `filter[orders][creationDate][$ge]=${from.getTime()}`,
    // Both ends count with Kaspi.
    `filter[orders][creationDate][$le]=${until.getTime() - 1}`,
    "include[orders]=entries",
  ];
  return readPage(shop, filters);
}

/**
 * The order with this code; null: the shop has none. Without a state Kaspi may leave out what is archived
 * (protocol G2): then it is looked for among all made in that second. Throws as `callShop`.
 */
export async function findOrder(
  shop: ShopApi,
  { code, orderedAt }: { code: string; orderedAt: Date },
): Promise<KaspiOrder | null> {
  const named = `filter[orders][code]=${encodeURIComponent(code)}`;
  const filters = ["page[number]=0", "page[size]=20", named, "include[orders]=entries"];
  const around = { from: later(orderedAt, -SECOND), until: later(orderedAt, SECOND + 1) };
  return (
    ofCode(code, await readPage(shop, filters)) ??
    ofCode(code, await listOrders(shop, { ...around, page: 0 }))
  );
}

/** Where one of the answer cannot be understood, nobody knows that it is not the one. */
function ofCode(code: string, { orders, unreadable }: OrdersPage): KaspiOrder | null {
  const found = orders.find((order) => order.code === code);
  if (!found && unreadable > 0) throw new AppError("kaspi_malformed");
  return found ?? null;
}

async function readPage(shop: ShopApi, filters: readonly string[]): Promise<OrdersPage> {
  const { answer, url } = await callShop(shop, {
    path: `/shop/api/v2/orders?${filters.join("&")}`,
  });
  const said = checked(list, answer, url);
  const included = new Map<string, unknown>();
  for (const one of said.included ?? []) {
    const known = named.safeParse(one).data;
    if (known) included.set(known.id, one);
  }
  const read = said.data.map((one) => readOrder(one, included));
  const orders = read.filter((order) => order !== null);
  const { totalCount: total, pageCount: pages } = said.meta;
  return { orders, total, pages, unreadable: read.length - orders.length };
}

const lines = z.object({ data: z.array(z.unknown()).max(1_000) });

/**
 * The lines of an order, by the API's own id (protocol G2, `/orders/{id}/entries`); null: one of them cannot be
 * understood. Throws as `callShop`.
 */
export async function listEntries(shop: ShopApi, kaspiId: string): Promise<OrderEntry[] | null> {
  const { answer, url } = await callShop(shop, {
    path: `/shop/api/v2/orders/${encodeURIComponent(kaspiId)}/entries?page[number]=0&page[size]=${LARGEST_ORDERS_PAGE}`,
  });
  return readEntries(checked(lines, answer, url).data);
}

const product = z.object({
  data: z.object({ attributes: z.object({ code: wireId, name: wireText }) }),
});

/** The card that a line is about (protocol G2, `/orderentries/{id}/product`). Throws as `callShop`. */
export async function entryCard(
  shop: ShopApi,
  entryId: string,
): Promise<{ cardId: string; name: string | null }> {
  const { answer, url } = await callShop(shop, {
    path: `/shop/api/v2/orderentries/${encodeURIComponent(entryId)}/product`,
  });
  const { code, name } = checked(product, answer, url).data.attributes;
  return { cardId: code, name };
}
