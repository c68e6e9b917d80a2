import { type Answer, html, type Route, type TwinRequest } from "@/lib/kaspi-twin/http";
import { loginStart } from "@/lib/kaspi-twin/oauth";
import { picture } from "@/lib/kaspi-twin/pictures";
import { productPage } from "@/lib/kaspi-twin/product-page";
import { cardReviews, shopReviews } from "@/lib/kaspi-twin/reviews";
import { shopEntries, shopEntryProduct, shopOrders } from "@/lib/kaspi-twin/shop-api";
import { changeShopOrder } from "@/lib/kaspi-twin/shop-changes";
import { storefrontOffers } from "@/lib/kaspi-twin/storefront-offers";
import type { World } from "@/lib/kaspi-twin/world";

/** kaspi.kz: offers and reviews of a card, the cabinet's shell page, and the pictures' host beside it. */
export function storefrontRoutes(world: World): Route[] {
  return [
    {
      endpoint: "offers",
      method: "ANY",
      path: /^\/yml\/offer-view\/offers\/([^/]+)$/,
      answer: (request, [cardId = ""]) => storefrontOffers(world, request, cardId),
    },
    {
      endpoint: "card_reviews",
      method: "GET",
      path: /^\/yml\/review-view\/api\/v1\/reviews\/product\/([^/]+)$/,
      answer: (request, [cardId = ""]) => cardReviews(world, request, cardId),
    },
    {
      endpoint: "shop_reviews",
      method: "GET",
      path: /^\/yml\/review-view\/api\/v1\/reviews\/merchant\/([^/]+)$/,
      answer: (request, [uid = ""]) => shopReviews(world, request, uid),
    },
    {
      endpoint: "product_page",
      method: "GET",
      path: /^\/shop\/p\/[^/]*-(\d+)\/?$/,
      answer: (request, [cardId = ""]) => productPage(world, request, cardId),
    },
    {
      endpoint: "shell",
      method: "GET",
      path: /^\/mc\/?$/,
      answer: (request) => shell(world, request),
    },
    {
      endpoint: "shop_orders",
      method: "GET",
      path: /^\/shop\/api\/v2\/orders$/,
      answer: (request) => shopOrders(world, request),
    },
    {
      endpoint: "shop_change",
      method: "POST",
      path: /^\/shop\/api\/v2\/orders$/,
      answer: (request) => changeShopOrder(world, request),
    },
    {
      endpoint: "shop_entries",
      method: "GET",
      path: /^\/shop\/api\/v2\/orders\/([^/]+)\/entries$/,
      answer: (request, [id = ""]) => shopEntries(world, request, decodeURIComponent(id)),
    },
    {
      endpoint: "shop_entry_product",
      method: "GET",
      path: /^\/shop\/api\/v2\/orderentries\/([^/]+)\/product$/,
      answer: (request, [id = ""]) => shopEntryProduct(world, request, decodeURIComponent(id)),
    },
    {
      endpoint: "picture",
      method: "GET",
      path: /^\/img\/m\/p\/(.+)$/,
      answer: (_, [path = ""]) => picture(world, path),
    },
  ];
}

/** The cabinet's page. Its script shows the bar to those who are in and sends the others away. */
function shell(world: World, request: TwinRequest): Answer {
  const session = world.sessions.find(request.cookies.get("mc-sid"));
  const content = session
    ? `<nav class="navbar"><a class="navbar-item" href="#/products">Товары</a></nav>`
    : `<script>location.replace(${JSON.stringify(loginStart(world))})</script>`;
  return html(`<!doctype html><title>Kaspi Магазин</title><div id="app">${content}</div>`);
}
