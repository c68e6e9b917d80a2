import { AppError } from "@/lib/core/errors";
import type { LoginRefusal } from "@/lib/kaspi/log-in";
import type { Setback } from "./break-rules";
import type { LoginBreak } from "./model";

/** Throws while there is no login of this name: asking again prolongs a ban. */
export function refuseDuringBreak(pause: LoginBreak | null, now: Date): void {
  if (pause === null) return;
  throw breakError(pause, now);
}

export function breakError({ by, until }: LoginBreak, now: Date): AppError {
  const wait = { retryAfterMs: until.getTime() - now.getTime() };
  switch (by) {
    case "flood":
      return new AppError("kaspi_flood", "kaspi_flood", wait);
    case "address":
      return new AppError("kaspi_address_refused", "login_address_refused", wait);
    case "closed":
      return new AppError("kaspi_session_expired", "session_closed", wait);
    case "trouble":
      return new AppError("kaspi_unreachable", "login_trouble", wait);
  }
}

/** What a refusal that passes by itself sets us back by; null for one that does not. */
export function setbackOf({ why, breakTimeMs }: LoginRefusal): Setback | null {
  return why === "flood" || why === "address" ? { by: why, askedMs: breakTimeMs } : null;
}

/**
 * What a refused login means to the one who asked; in Kaspi's words where it has any of its own.
 * `retryAfterMs`: when it makes sense to try again, if that is known.
 */
export function loginError(refusal: LoginRefusal, retryAfterMs?: number): AppError {
  const { why, code, text } = refusal;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  switch (why) {
    case "credentials":
      return new AppError("kaspi_credentials");
    case "flood":
      return new AppError("kaspi_flood", "kaspi_flood", wait);
    case "permissions":
      return new AppError("kaspi_rejected", "login_permissions");
    case "no_merchants":
      return new AppError("kaspi_rejected", "login_no_merchants");
    case "address":
      return new AppError("kaspi_address_refused", "login_address_refused", wait);
    case "code":
      return new AppError("kaspi_credentials", "login_code_wrong");
    case "code_old":
      return new AppError("gone", "login_code_old", wait);
    case "lost":
      return new AppError("gone", "login_lost", wait);
    default:
      return text
        ? new AppError("kaspi_rejected", "login_refused_words", { params: { text } })
        : new AppError("kaspi_rejected", "login_refused", { params: { code: code ?? "—" } });
  }
}
