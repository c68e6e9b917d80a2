import { MINUTE, SECOND } from "@/lib/core/time";
import type { Desk } from "@/lib/kaspi-twin/cabinet-guard";
import { type Answer, empty, json, parsed } from "@/lib/kaspi-twin/http";
import { findMerchant } from "@/lib/kaspi-twin/merchants";
import type { WriteRecord } from "@/lib/kaspi-twin/price-writes";
import type { Visit } from "@/lib/kaspi-twin/visit";
import { type WriteItem, writeItems } from "@/lib/kaspi-twin/write-body";

const HALF_HOUR = 30 * MINUTE;

/** `POST …/process` and `…/process/process/batch`: an id at once, the change some time later. */
export function receiveWrites(endpoint: WriteRecord["endpoint"]): Desk {
  return (visit) => receive(visit, endpoint);
}

function receive(visit: Visit, endpoint: WriteRecord["endpoint"]): Answer {
  const { world, request, session } = visit;
  const at = world.clock.now();
  const body = parsed(request.body);
  const items = writeItems(body, endpoint === "process_batch");
  const refuse = (status: number, why: string, item = items?.[0]): Answer => {
    const { merchantUid = null, sku = null } = item ?? {};
    world.writes.refuse({
      at,
      email: session.email,
      endpoint,
      merchantUid,
      sku,
      body,
      status,
      why,
    });
    const explained = world.faults.strikes("pricefeed_error_bodies", { endpoint }) !== null;
    return explained ? json({ code: status, message: why }, status) : empty(status);
  };

  if (world.faults.strikes("writes_throttled", { endpoint })) return refuse(429, "throttled");
  const { writesPerSecond: most, writeBan: ban } = world.limits;
  if (world.writeLimit.refuses(session.email, at, { most, window: SECOND, ban })) {
    return refuse(429, "too many requests");
  }
  if (!items) return refuse(400, "wrong body");
  const stranger = items.find((item) => !session.merchants.includes(item.merchantUid));
  if (stranger) return refuse(403, "foreign merchant", stranger);
  const unknown = items.find((item) => !isKnown(visit, item));
  if (unknown) return refuse(400, "unknown sku", unknown);
  if (overBudget(visit, endpoint, items.length, at)) return refuse(429, "too many changes");

  const { email } = session;
  return json({ id: world.writes.accept(items, { at, email, endpoint, delay: world.applyDelay }) });
}

function isKnown({ world }: Visit, { merchantUid, sku }: WriteItem): boolean {
  const merchant = findMerchant(merchantUid);
  return merchant !== null && world.shelves.find(merchant, sku) !== null;
}

/** Assumption: 250 changes in 30 minutes, then 30 minutes without any. */
function overBudget(
  { world, session }: Visit,
  endpoint: WriteRecord["endpoint"],
  changes: number,
  now: number,
): boolean {
  const limit = world.faults.strikes("limit_250", { endpoint });
  if (!limit) return false;
  const rule = { most: limit.by ?? 250, window: HALF_HOUR, ban: HALF_HOUR };
  const refusals = Array.from({ length: changes }, () =>
    world.changeLimit.refuses(session.email, now, rule),
  );
  return refusals.includes(true);
}
