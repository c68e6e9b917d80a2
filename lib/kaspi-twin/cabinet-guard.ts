import { DAY } from "@/lib/core/time";
import {
  type Answer,
  empty,
  header,
  isForm,
  isJson,
  looksLikeABrowser,
  type TwinRequest,
} from "@/lib/kaspi-twin/http";
import { findMerchant, type Merchant } from "@/lib/kaspi-twin/merchants";
import { affinity } from "@/lib/kaspi-twin/oauth";
import type { Visit } from "@/lib/kaspi-twin/visit";
import type { World } from "@/lib/kaspi-twin/world";

/** What answers a call of somebody who is logged in. */
export type Desk = (visit: Visit) => Answer;

/** Lets a call through to its desk when its session lives and its headers are the cabinet's. */
export function guard(world: World, request: TwinRequest, desk: Desk): Answer {
  const session = world.sessions.find(request.cookies.get("mc-sid"));
  const lifetime = session && world.faults.strikes("session_lifetime", { endpoint: "merchants" });
  const outlived = lifetime && world.clock.now() - session.since > (lifetime.ms ?? DAY);
  if (outlived) world.sessions.close(session.sid);
  if (!session || outlived) return { status: 401, headers: { "set-cookie": [affinity(world)] } };
  return lacking(request) ?? desk({ world, request, session });
}

/** The headers without which the cabinet's services turn a call away. */
function lacking(request: TwinRequest): Answer | null {
  if (!looksLikeABrowser(request)) return empty(429);
  const fromCabinet =
    header(request, "x-auth-version") === "3" &&
    header(request, "origin") === "https://kaspi.kz" &&
    header(request, "referer").startsWith("https://kaspi.kz/");
  if (!fromCabinet) return empty(403);
  return request.body !== "" && !isJson(request) && !isForm(request) ? empty(415) : null;
}

/** The call names a merchant; it must be one of the login's. */
export function ofMerchant(
  parameter: "m" | "merchantUid",
  answer: (visit: Visit, merchant: Merchant) => Answer,
): Desk {
  return (visit) => {
    const uid = visit.request.query.get(parameter);
    if (!uid) return empty(400);
    const merchant = visit.session.merchants.includes(uid) ? findMerchant(uid) : null;
    return merchant ? answer(visit, merchant) : empty(403);
  };
}
