import { DAY } from "@/lib/core/time";
import type { Endpoint } from "@/lib/kaspi-twin/endpoints";
import {
  type Answer,
  empty,
  header,
  json,
  jsonText,
  type TwinRequest,
} from "@/lib/kaspi-twin/http";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import type { TwinOrder } from "@/lib/kaspi-twin/orders";
import { decoded, shopEntry, shopOrder } from "@/lib/kaspi-twin/shop-order-view";
import { merchantOfToken } from "@/lib/kaspi-twin/shop-tokens";
import type { World } from "@/lib/kaspi-twin/world";

const JSON_API = "application/vnd.api+json";
const LONGEST_WINDOW = 14 * DAY;
const LARGEST_PAGE = 100;
/** What is beyond is not listed, however many there are (protocol G2). */
const MOST_LISTED = 10_000;

/** `GET /shop/api/v2/orders` (protocol G2). */
export function shopOrders(world: World, request: TwinRequest): Answer {
  const { query } = request;
  const asker = asking(world, request, "shop_orders");
  if ("status" in asker) return asker;
  const wrong = wrongQuery(query, world.clock.now());
  if (wrong) return wrong;
  const found = world.orders.of(asker.uid).filter(wanted(query, world.clock.now()));
  const listed = found.slice(0, MOST_LISTED);
  const size = Number(query.get("page[size]") ?? "20");
  const from = Number(query.get("page[number]") ?? "0") * size;
  const rows = listed.slice(from, from + size);
  // An order that the bank approves between two pages pushes the others on.
  if (world.faults.strikes("orders_arrive", { endpoint: "shop_orders" }))
    world.orders.add(asker, Math.max(...found.map(({ createdAt }) => createdAt), 0) + 1);
  return jsonApi({
    data: rows.map((order, nth) => (nth === 1 ? perhapsBad(world, order) : shopOrder(order))),
    included: linesOf(world, query, rows),
    meta: { pageCount: Math.ceil(listed.length / size), totalCount: found.length },
  });
}

function linesOf(world: World, query: URLSearchParams, rows: readonly TwinOrder[]): unknown[] {
  if (!query.get("include[orders]")?.split(",").includes("entries")) return [];
  if (world.faults.strikes("orders_without_entries", { endpoint: "shop_orders" })) return [];
  return rows.flatMap((order) => order.entries.map((entry, nth) => shopEntry(order, entry, nth)));
}

function perhapsBad(world: World, order: TwinOrder): unknown {
  if (!world.faults.strikes("orders_bad_row", { endpoint: "shop_orders" })) return shopOrder(order);
  return { id: 7, type: "orders", attributes: { code: order.code, totalPrice: "много" } };
}

function wanted(query: URLSearchParams, now: number): (order: TwinOrder) => boolean {
  const code = query.get("filter[orders][code]");
  if (code !== null) return (order) => order.code === code;
  const from = Number(query.get("filter[orders][creationDate][$ge]"));
  const to = Number(query.get("filter[orders][creationDate][$le]") ?? now);
  const states = query.get("filter[orders][state]")?.split(",") ?? null;
  const status = query.get("filter[orders][status]");
  return (order) =>
    order.createdAt >= from &&
    order.createdAt <= to &&
    // What is archived is listed only when it is asked for.
    (states === null ? order.state !== "ARCHIVE" : states.includes(order.state)) &&
    (status === null || order.status === status);
}

/** `GET /orders/{id}/entries`. */
export function shopEntries(world: World, request: TwinRequest, id: string): Answer {
  const asker = asking(world, request, "shop_entries");
  if ("status" in asker) return asker;
  const order = world.orders.find(asker.uid, decoded(id));
  if (!order) return notThere();
  const plain = world.faults.strikes("entries_without_offer", { endpoint: "shop_entries" });
  const data = order.entries.map((entry, nth) => {
    const { attributes, ...rest } = shopEntry(order, entry, nth);
    const { offer, ...others } = attributes;
    return { ...rest, attributes: plain ? others : { ...others, offer } };
  });
  return jsonApi({ data, included: [] });
}

/** `GET /orderentries/{id}/product`. */
export function shopEntryProduct(world: World, request: TwinRequest, id: string): Answer {
  const asker = asking(world, request, "shop_entry_product");
  if ("status" in asker) return asker;
  const [code = "", nth = ""] = decoded(id).split("##");
  const entry = world.orders.find(asker.uid, code)?.entries[Number(nth)];
  if (!entry) return notThere();
  const { cardId, title: name, categoryTitle: category } = entry;
  const attributes = { code: cardId, name, category };
  return jsonApi({ data: { id, type: "masterproducts", attributes }, included: [] });
}

/** Whose token it is, or what it is answered. */
export function asking(world: World, request: TwinRequest, endpoint: Endpoint): Merchant | Answer {
  if (!header(request, "accept").includes(JSON_API)) return empty(406);
  const limit = world.faults.strikes("shop_api_429", { endpoint });
  if (limit) {
    const seconds = Math.ceil((limit.ms ?? 30_000) / 1_000);
    return { status: 429, headers: { "retry-after": String(seconds) } };
  }
  const merchant = merchantOfToken(world.seed, header(request, "x-auth-token"));
  const { uid: merchantUid } = merchant ?? {};
  const isRefused = world.faults.strikes("token_refused", { endpoint, merchantUid });
  return merchant !== null && !isRefused ? merchant : empty(401);
}

function wrongQuery(query: URLSearchParams, now: number): Answer | null {
  if (query.has("filter[orders][code]")) return null;
  const from = Number(query.get("filter[orders][creationDate][$ge]") ?? "");
  if (!from) return failed("Required filter [orders][creationDate][$ge] is empty.");
  const to = Number(query.get("filter[orders][creationDate][$le]") ?? now);
  if (to - from > LONGEST_WINDOW) return failed("The date range must not exceed 14 days.");
  const size = Number(query.get("page[size]") ?? "20");
  return size >= 1 && size <= LARGEST_PAGE ? null : failed("Page size is not valid.");
}

export function failed(title: string): Answer {
  return jsonApi({ errors: [{ title }] }, 400);
}

const notThere = () => jsonApi({ errors: [{ title: "Resource not found" }] }, 404);

/** Amounts as Kaspi prints them, with `.0` behind a whole number. */
const amounts =
  /("(?:totalPrice|basePrice|deliveryCost|deliveryCostForSeller|weight)":)(-?\d+)(?=[,}])/g;

export function jsonApi(body: unknown, status = 200): Answer {
  const answer =
    status === 200 ? jsonText(JSON.stringify(body).replace(amounts, "$1$2.0")) : json(body, status);
  return { ...answer, headers: { ...answer.headers, "content-type": JSON_API } };
}
