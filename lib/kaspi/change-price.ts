import { z } from "zod";
import { AppError, isAppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import { checked } from "@/lib/kaspi/answer";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import { assertSendable, type PriceChangeBody } from "@/lib/kaspi/price-change-body";
import type { CabinetSession } from "@/lib/kaspi/session";
import { wireId } from "@/lib/kaspi/wire-values";

/** After 429 all writes of the login are refused for about this long (protocol C7). */
export const WRITE_BAN = 30 * MINUTE;
const LEAST_BAN = 5 * MINUTE;

const wire = z.object({ id: wireId.nullish().catch(null) });

/**
 * Sends a price write (protocol C1). An id means accepted, not applied: only reading the list
 * proves a change. Without an id it was accepted all the same. Throws kaspi_throttled with how long
 * this login must not write; after kaspi_timeout, kaspi_unreachable or kaspi_malformed the write may
 * have arrived, so it is read before it is sent again.
 */
export async function changePrice(
  cabinet: CabinetSession,
  { merchantUid, body }: { merchantUid: string; body: PriceChangeBody },
): Promise<{ processId: string | null }> {
  if (body.merchantUid !== merchantUid) throw new AppError("invalid", "foreign_merchant");
  for (const price of pricesOf(body)) assertSendable(price);
  const { answer, url } = await callCabinet(cabinet, {
    path: "/pricefeed/upload/merchant/process",
    json: body,
    throttleMs: WRITE_BAN,
  }).catch(stayAway);
  return { processId: checked(wire, answer, url).id ?? null };
}

/** Whoever writes again too early makes the ban last longer, whatever the answer says. */
export function stayAway(error: unknown): never {
  if (!isAppError(error, "kaspi_throttled")) throw error;
  const retryAfterMs = Math.max(error.retryAfterMs ?? WRITE_BAN, LEAST_BAN);
  throw new AppError("kaspi_throttled", "kaspi_throttled", { params: error.params, retryAfterMs });
}

function pricesOf(body: PriceChangeBody): number[] {
  return "price" in body ? [body.price] : body.cityPrices.map((city) => city.value);
}
