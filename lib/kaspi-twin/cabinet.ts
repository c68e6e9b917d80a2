import { type Desk, guard, ofMerchant } from "@/lib/kaspi-twin/cabinet-guard";
import { legacyOrders } from "@/lib/kaspi-twin/cabinet-orders";
import { graphql } from "@/lib/kaspi-twin/graphql";
import { type Answer, json, type Route } from "@/lib/kaspi-twin/http";
import { lastList, listRows, listStatus, receiveList } from "@/lib/kaspi-twin/list-desk";
import { callback, logOut, startLogin } from "@/lib/kaspi-twin/oauth";
import { offerDetails, offerDetailsBatch } from "@/lib/kaspi-twin/offer-details";
import { offersList } from "@/lib/kaspi-twin/offers-list";
import { pickupPoints } from "@/lib/kaspi-twin/pickup-points";
import { receiveWrites } from "@/lib/kaspi-twin/receive-writes";
import { lowestPriceOf } from "@/lib/kaspi-twin/storefront-offers";
import type { Visit } from "@/lib/kaspi-twin/visit";
import type { World } from "@/lib/kaspi-twin/world";

type Window = readonly [Route["endpoint"], Route["method"], RegExp, Desk];

const windows: readonly Window[] = [
  ["merchants", "GET", /^\/s\/m$/, merchantsOfLogin],
  ["list", "GET", /^\/bff\/offer-view\/list$/, ofMerchant("m", offersList)],
  ["details", "GET", /^\/bff\/offer-view\/details$/, ofMerchant("m", offerDetails)],
  ["points", "GET", /^\/bff\/offer-view\/points$/, ofMerchant("merchantUid", pickupPoints)],
  [
    "details_batch",
    "POST",
    /^\/offers\/api\/v1\/offer\/details$/,
    ofMerchant("m", offerDetailsBatch),
  ],
  ["lowest_price", "GET", /^\/offers\/api\/v1\/price\/lowest$/, lowestPriceOf],
  ["graphql", "POST", /^\/mc\/facade\/graphql$/, graphql],
  ["process", "POST", /^\/pricefeed\/upload\/merchant\/process$/, receiveWrites("process")],
  [
    "process_batch",
    "POST",
    /^\/pricefeed\/upload\/merchant\/process\/process\/batch$/,
    receiveWrites("process_batch"),
  ],
  [
    "configuration",
    "POST",
    /^\/pricefeed\/upload\/merchant\/upload\/configuration$/,
    ofMerchant("merchantUid", configuration),
  ],
  [
    "list_upload",
    "POST",
    /^\/pricefeed\/upload\/merchant\/upload$/,
    ofMerchant("merchantUid", receiveList),
  ],
  ["list_last", "GET", /^\/pricefeed\/upload\/merchant\/files\/last$/, ofMerchant("m", lastList)],
  [
    "list_status",
    "GET",
    /^\/pricefeed\/protocol\/merchant\/file\/[^/]+$/,
    ofMerchant("m", listStatus),
  ],
  ["order_tabs", "GET", /^\/mc\/api\/orderTabs\/active$/, legacyOrders],
  ["list_rows", "POST", /^\/pricefeed\/protocol\/merchant\/offer\/list\/s$/, listRows],
];

/** mc.shop.kaspi.kz: the way in, and everything behind it. */
export function cabinetRoutes(world: World): Route[] {
  return [
    open("start_login", /^\/oauth2\/authorization\/1$/, (request) => startLogin(world, request)),
    open("callback", /^\/login\/oauth2\/code\/1$/, (request) => callback(world, request)),
    open("logout", /^\/logout$/, (request) => logOut(world, request)),
    ...windows.map(
      ([endpoint, method, path, desk]): Route => ({
        ...{ endpoint, method, path },
        answer: (request) => guard(world, request, desk),
      }),
    ),
  ];
}

function open(endpoint: Route["endpoint"], path: RegExp, answer: Route["answer"]): Route {
  return { endpoint, method: "GET", path, answer };
}

function merchantsOfLogin({ session }: Visit): Answer {
  return json({ merchants: session.merchants.map((uid) => ({ uid })) });
}

/** Asked for its header only: nobody recorded the body. */
function configuration(): Answer {
  return {
    status: 200,
    headers: { "x-principal-type": "2", "content-type": "application/json" },
  };
}
