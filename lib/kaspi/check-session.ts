import { isAppError } from "@/lib/core/errors";
import { listMerchants } from "@/lib/kaspi/merchants";
import type { CabinetSession } from "@/lib/kaspi/session";

/**
 * Whether Kaspi still knows this session, by `GET /s/m` (protocol A3). Only Kaspi's own "no" is
 * false; trouble on the way (kaspi_timeout, kaspi_unreachable, kaspi_throttled, kaspi_malformed) is
 * thrown, or it would be read as a reason to log in again.
 */
export async function isSessionAlive(cabinet: CabinetSession): Promise<boolean> {
  try {
    await listMerchants(cabinet);
    return true;
  } catch (error) {
    if (isAppError(error, "kaspi_session_expired")) return false;
    throw error;
  }
}
