import { DAY } from "@/lib/core/time";
import { type Answer, empty, header, json, type TwinRequest } from "@/lib/kaspi-twin/http";
import { merchantOfToken } from "@/lib/kaspi-twin/shop-tokens";
import type { World } from "@/lib/kaspi-twin/world";

const JSON_API = "application/vnd.api+json";
const LONGEST_WINDOW = 14 * DAY;
const LARGEST_PAGE = 100;

/** `GET /shop/api/v2/orders`, of a shop that has none yet (protocol G2). */
export function shopOrders(world: World, request: TwinRequest): Answer {
  const refusal = refused(world, request) ?? wrongQuery(request.query, world.clock.now());
  if (refusal) return refusal;
  return jsonApi({ data: [], included: [], meta: { pageCount: 0, totalCount: 0 } });
}

function refused(world: World, request: TwinRequest): Answer | null {
  if (!header(request, "accept").includes(JSON_API)) return empty(406);
  const token = header(request, "x-auth-token");
  const isKnown = merchantOfToken(world.seed, token) !== null;
  return isKnown && !world.faults.strikes("token_refused", { endpoint: "shop_orders" })
    ? null
    : empty(401);
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

function failed(title: string): Answer {
  return jsonApi({ errors: [{ title }] }, 400);
}

function jsonApi(body: unknown, status = 200): Answer {
  const answer = json(body, status);
  return { ...answer, headers: { ...answer.headers, "content-type": JSON_API } };
}
