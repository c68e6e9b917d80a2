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
import { decoded, entryId, shopEntry, shopOrder } from "@/lib/kaspi-twin/shop-order-view";
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
  const failure = byCode(world, query.get("filter[orders][code]"));
  if (failure) return failure;
  const found = world.orders.of(asker.uid).filter(wanted(world, query));
  const listed = found.slice(0, MOST_LISTED);
  const size = Number(query.get("page[size]") ?? "20");
  const from = Number(query.get("page[number]") ?? "0") * size;
  const rows = listed.slice(from, from + size);
  // An order that the bank approves between two pages pushes the others on.
  if (world.faults.strikes("orders_arrive", { endpoint: "shop_orders" }))
    world.orders.add(asker, Math.max(...found.map(({ createdAt }) => createdAt), 0) + 1);
  return jsonApi({
    data: shown(world, rows),
    included: linesOf(world, query, rows),
    meta: { pageCount: Math.ceil(listed.length / size), totalCount: found.length },
  });
}

function linesOf(world: World, query: URLSearchParams, rows: readonly TwinOrder[]): unknown[] {
  if (!query.get("include[orders]")?.split(",").includes("entries")) return [];
  if (world.faults.strikes("orders_without_entries", { endpoint: "shop_orders" })) return [];
  return rows.flatMap((order) => {
    const isBad = world.faults.strikes("entries_bad_row", {
      endpoint: "shop_orders",
      sku: order.code,
    });
    return order.entries.map((entry, nth) =>
      isBad && nth === 0 ? badLine(order, nth) : shopEntry(order, entry, nth),
    );
  });
}

function shown(world: World, rows: readonly TwinOrder[]): unknown[] {
  const endpoint = "shop_orders";
  return rows.flatMap((order, nth): unknown[] => {
    if (nth === 1 && world.faults.strikes("orders_left_out", { endpoint })) return [];
    if (nth === 1 && world.faults.strikes("orders_bad_row", { endpoint })) return [badOrder(order)];
    const isTerse = order.state === "ARCHIVE" && world.faults.strikes("orders_terse", { endpoint });
    return [isTerse ? terse(order) : shopOrder(order)];
  });
}

function terse(order: TwinOrder): unknown {
  const { attributes, ...rest } = shopOrder(order);
  const {
    originAddress: _,
    plannedDeliveryDate: __,
    deliveryCostForSeller: ___,
    kaspiDelivery: ____,
    ...few
  } = attributes;
  return { ...rest, attributes: few };
}

function badOrder(order: TwinOrder): unknown {
  return { id: 7, type: "orders", attributes: { code: order.code, totalPrice: "много" } };
}

function byCode(world: World, code: string | null): Answer | null {
  const fault = code && world.faults.strikes("order_fails", { endpoint: "shop_orders", sku: code });
  return fault ? jsonApi({ errors: [{ title: "Not now" }] }, fault.status ?? 404) : null;
}

function wanted(world: World, query: URLSearchParams): (order: TwinOrder) => boolean {
  const now = world.clock.now();
  const code = query.get("filter[orders][code]");
  if (code !== null) {
    // The sheet says it of lists; whether of this, too, nobody has written down.
    const isHidden = world.faults.strikes("code_without_archive", { endpoint: "shop_orders" });
    return (order) => order.code === code && !(isHidden && order.state === "ARCHIVE");
  }
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

const badLine = (order: TwinOrder, nth: number) => ({
  id: entryId(order, nth),
  type: "orderentries",
  attributes: { quantity: "много" },
});

/** `GET /orders/{id}/entries`. */
export function shopEntries(world: World, request: TwinRequest, id: string): Answer {
  const asker = asking(world, request, "shop_entries");
  if ("status" in asker) return asker;
  const order = world.orders.find(asker.uid, decoded(id));
  if (!order) return notThere();
  const plain = world.faults.strikes("entries_without_offer", { endpoint: "shop_entries" });
  const isBad = world.faults.strikes("entries_bad_row", {
    endpoint: "shop_entries",
    sku: order.code,
  });
  const data = order.entries.map((entry, nth): unknown => {
    if (isBad && nth === 0) return badLine(order, nth);
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
