import { AppError } from "@/lib/core/errors";
import { isPage, statusFailure } from "@/lib/kaspi/answer";
import { callRaw } from "@/lib/kaspi/cabinet-call";
import type { CabinetSession } from "@/lib/kaspi/session";

/**
 * Whether this login may change the shop's prices, by asking for the price list's upload settings
 * (protocol A3, C5): nothing is changed by it. Throws kaspi_session_expired for 401, kaspi_rejected
 * (`login_permissions`) for 403, else as `callCabinet` does.
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
  if (response.status === 403) throw new AppError("kaspi_rejected", "login_permissions");
  if (response.status === 401) throw new AppError("kaspi_session_expired");
  if (response.status < 200 || response.status >= 300) throw statusFailure(response);
  if (isPage(response)) throw new AppError("kaspi_session_expired");
}
