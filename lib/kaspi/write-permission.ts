import { AppError, isAppError } from "@/lib/core/errors";
import { callRaw, failureOf } from "@/lib/kaspi/cabinet-call";
import type { CabinetSession } from "@/lib/kaspi/session";

/**
 * Whether this login may change the shop's prices, by asking for the price list's upload settings
 * (protocol A3, C5): nothing is changed by it. Throws kaspi_rejected (`login_permissions`) for an empty
 * 403, else as `callCabinet` does.
 */
export async function checkWritePermission(
  cabinet: CabinetSession,
  merchantUid: string,
): Promise<void> {
  const response = await callRaw(cabinet, {
    path: "/pricefeed/upload/merchant/upload/configuration",
    query: { merchantUid },
    json: {},
  });
  const failure = failureOf(response, cabinet);
  if (!failure) return;
  // To a session that lives everywhere else an empty 403 says that it lacks the right.
  const isForbidden = response.status === 403 && isAppError(failure, "kaspi_session_expired");
  throw isForbidden ? new AppError("kaspi_rejected", "login_permissions") : failure;
}
