import { z } from "zod";
import { readCabinetOrder } from "@/lib/kaspi/cabinet-order-wire";
import { askGraph } from "@/lib/kaspi/graphql-call";
import { realHosts } from "@/lib/kaspi/hosts";
import type { KaspiOrder, OrdersPage } from "@/lib/kaspi/order";
import type { CabinetSession } from "@/lib/kaspi/session";
import { wireNumber } from "@/lib/kaspi/wire-values";

/** The tabs of orders that are not over, by Kaspi's codes (protocol G1). */
export const cabinetTabs = [
  "NEW",
  "SIGN_REQUIRED",
  "PICKUP",
  "DELIVERY",
  "KASPI_DELIVERY_WAIT_FOR_POINT_DELIVERY",
  "KASPI_DELIVERY_CARGO_ASSEMBLY",
  "KASPI_DELIVERY_WAIT_FOR_COURIER",
  "KASPI_DELIVERY_TRANSMITTED",
  "KASPI_DELIVERY_RETURN_REQUEST",
] as const;
export type CabinetTab = (typeof cabinetTabs)[number];

/** Kaspi refuses any other, with HTTP 200. */
export const CABINET_PAGE = 10;

const ORDERS_QUERY = `query getOrders($merchantUid: String!, $input: MerchantOrderInput!, $advancedInput: MerchantOrderAdvancedInput!, $withAdvancedOrders: Boolean!, $page: Int!, $size: Int, $sort: [String!]) { merchant(id: $merchantUid) { id orders { orders(input: $input, page: $page, size: $size, sort: $sort) @skip(if: $withAdvancedOrders) { total orders { ...OrdersPageFragment } } advancedOrders(input: $advancedInput, page: $page, size: $size, sort: $sort) @include(if: $withAdvancedOrders) { total orders { ...OrdersPageFragment } } } } } fragment OrdersPageFragment on Order { code customer { firstName lastName } totalPrice creationTime status entries { product { code name } merchantProduct { code name } totalPrice quantity } warehouse { ... on Point { id name city { id name } } ... on OrderAddress { city { id name } } ... on Postomat { id city { id name } } } payments { ... on OrderLoan { signRequired } ... on OrderAccount { signRequired } } kaspiDelivery delivery { isExpress mode plannedDeliveryDate transmissionPlanningDate } cancelReason }`;

const page = z.object({
  merchant: z.object({
    orders: z.object({ orders: z.object({ total: wireNumber, orders: z.array(z.unknown()) }) }),
  }),
});

/**
 * A page of a tab, `page` from 0, ten orders each (protocol G1). An order that cannot be understood is counted
 * in `unreadable`. Throws as `askGraph`.
 */
export async function listCabinetOrders(
  cabinet: CabinetSession,
  query: { merchantUid: string; tab: CabinetTab; page: number },
): Promise<OrdersPage> {
  const { merchantUid, tab } = query;
  const data = await askGraph(
    cabinet,
    {
      operationName: "getOrders",
      variables: {
        merchantUid,
        size: CABINET_PAGE,
        page: query.page,
        input: { presetFilter: tab, orderCode: "", cityId: "" },
        advancedInput: { orderCode: "", phoneNumber: "", productCode: "" },
        withAdvancedOrders: false,
      },
      query: ORDERS_QUERY,
    },
    page,
  );
  const { total, orders: rows } = data.merchant.orders.orders;
  const read = rows.map((row) => readCabinetOrder(row, { merchantUid, tab }));
  const orders = read.filter((order) => order !== null);
  const pages = Math.ceil(total / CABINET_PAGE);
  return { orders, total, pages, unreadable: read.length - orders.length };
}

const DETAILS_QUERY =
  "query getOrderDetails($merchantUid: String!, $orderCode: String!) { merchant(id: $merchantUid) { id orderDetail(code: $orderCode) { code state status creationTime preOrder customer { firstName lastName } warehouse { ... on Postomat { city { id name } } ... on OrderAddress { city { id name } } ... on Point { name city { id name } } } delivery { mode kdAssembled plannedDeliveryDate transmissionPlanningDate } entries { quantity totalPrice merchantProduct { code name } product { code name } } } } }";

const details = z.object({
  merchant: z.object({ orderDetail: z.unknown() }).nullish(),
});

/** One order by its code, without the buyer's phone; null: there is none, or it cannot be understood. */
export async function findCabinetOrder(
  cabinet: CabinetSession,
  { merchantUid, code }: { merchantUid: string; code: string },
): Promise<KaspiOrder | null> {
  const asked = {
    operationName: "getOrderDetails",
    variables: { merchantUid, orderCode: code },
    query: DETAILS_QUERY,
  };
  const { merchant } = await askGraph(cabinet, asked, details);
  return readCabinetOrder(merchant?.orderDetail, { merchantUid, tab: null });
}

/** A ZIP with the waybills of what is packed (protocol G1): opens for who is logged in at Kaspi. */
export function waybillsUrl(merchantUid: string): string {
  const url = new URL("/mc/order/view/mc/order/waybill", realHosts.cabinet);
  url.searchParams.set("merchantId", merchantUid);
  return url.href;
}
