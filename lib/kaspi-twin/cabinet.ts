import { graphql } from "./graphql";
import {
  type Answer,
  empty,
  header,
  isJson,
  json,
  looksLikeABrowser,
  type Route,
  type TwinRequest,
} from "./http";
import { findMerchant, type Merchant } from "./merchants";
import { affinity, callback, logOut, startLogin } from "./oauth";
import { offerDetails, offerDetailsBatch } from "./offer-details";
import { offersList } from "./offers-list";
import { pickupPoints } from "./pickup-points";
import { receiveWrites } from "./receive-writes";
import { lowestPriceOf } from "./storefront-offers";
import type { Visit } from "./visit";
import type { World } from "./world";

/** mc.shop.kaspi.kz: everything behind the cabinet. */
export function cabinetRoutes(world: World): Route[] {
  const guarded =
    (answer: (visit: Visit) => Answer, endpoint: Route["endpoint"]) => (request: TwinRequest) =>
      withSession(world, request, endpoint, answer);
  const get = (
    endpoint: Route["endpoint"],
    path: RegExp,
    answer: (visit: Visit) => Answer,
  ): Route => ({
    endpoint,
    method: "GET",
    path,
    answer: guarded(answer, endpoint),
  });
  const post = (
    endpoint: Route["endpoint"],
    path: RegExp,
    answer: (visit: Visit) => Answer,
  ): Route => ({
    ...get(endpoint, path, answer),
    method: "POST",
  });
  return [
    open("start_login", /^\/oauth2\/authorization\/1$/, (request) => startLogin(world, request)),
    open("callback", /^\/login\/oauth2\/code\/1$/, (request) => callback(world, request)),
    open("logout", /^\/logout$/, (request) => logOut(world, request)),
    get("merchants", /^\/s\/m$/, ({ session }) =>
      json({ merchants: session.merchants.map((uid) => ({ uid })) }),
    ),
    get("list", /^\/bff\/offer-view\/list$/, ofMerchant("m", offersList)),
    get("details", /^\/bff\/offer-view\/details$/, ofMerchant("m", offerDetails)),
    post(
      "details_batch",
      /^\/offers\/api\/v1\/offer\/details$/,
      ofMerchant("m", offerDetailsBatch),
    ),
    get("points", /^\/bff\/offer-view\/points$/, ofMerchant("merchantUid", pickupPoints)),
    get("lowest_price", /^\/offers\/api\/v1\/price\/lowest$/, lowestPriceOf),
    post("graphql", /^\/mc\/facade\/graphql$/, graphql),
    post("process", /^\/pricefeed\/upload\/merchant\/process$/, (visit) =>
      receiveWrites(visit, "process"),
    ),
    post("process_batch", /^\/pricefeed\/upload\/merchant\/process\/process\/batch$/, (visit) =>
      receiveWrites(visit, "process_batch"),
    ),
    post(
      "configuration",
      /^\/pricefeed\/upload\/merchant\/upload\/configuration$/,
      ofMerchant("merchantUid", () => ({
        status: 200,
        headers: { "x-principal-type": "2", "content-type": "application/json" },
      })),
    ),
  ];
}

function open(endpoint: Route["endpoint"], path: RegExp, answer: Route["answer"]): Route {
  return { endpoint, method: "GET", path, answer };
}

/** The call names a merchant; it must be one of the login's. */
function ofMerchant(
  parameter: string,
  answer: (visit: Visit, merchant: Merchant) => Answer,
): (visit: Visit) => Answer {
  return (visit) => {
    const uid = visit.request.query.get(parameter);
    if (!uid) return empty(400);
    const merchant = visit.session.merchants.includes(uid) ? findMerchant(uid) : null;
    return merchant ? answer(visit, merchant) : empty(403);
  };
}

const DAY = 24 * 60 * 60_000;

function withSession(
  world: World,
  request: TwinRequest,
  endpoint: Route["endpoint"],
  answer: (visit: Visit) => Answer,
): Answer {
  const session = world.sessions.find(request.cookies.get("mc-sid"));
  const lifetime = session && world.faults.strikes("session_lifetime", { endpoint });
  const outlived = lifetime && world.clock.now() - session.since > (lifetime.ms ?? DAY);
  if (outlived) world.sessions.close(session.sid);
  if (!session || outlived) return { status: 401, headers: { "set-cookie": [affinity(world)] } };
  return lacking(request) ?? answer({ world, request, session });
}

/** The headers without which the cabinet's services turn a call away. */
function lacking(request: TwinRequest): Answer | null {
  if (!looksLikeABrowser(request)) return empty(429);
  const fromCabinet =
    header(request, "x-auth-version") === "3" &&
    header(request, "origin") === "https://kaspi.kz" &&
    header(request, "referer").startsWith("https://kaspi.kz/");
  if (!fromCabinet) return empty(403);
  return request.body !== "" && !isJson(request) ? empty(415) : null;
}
