import { AppError } from "@/lib/core/errors";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { LoginOutcome, LoginRefusal } from "@/lib/kaspi/log-in";
import type { LoginBreak } from "./model";

/** Kaspi's break times are exact to the second at best; a little more is safe. */
const BREAK_MARGIN_MS = 15 * SECOND;
/** When Kaspi names no time. Dozens of jobs want the session, and each would try to log in. */
const OWN_BREAK_MS = 2 * MINUTE;

/** Throws while Kaspi wants no login of this name: asking again prolongs a ban. */
export function refuseDuringBreak(pause: LoginBreak | null, now: Date): void {
  if (pause === null) return;
  const retryAfterMs = pause.until.getTime() - now.getTime();
  if (pause.by === "address")
    throw new AppError("kaspi_address_refused", "login_address_refused", { retryAfterMs });
  throw new AppError("kaspi_flood", "kaspi_flood", { retryAfterMs });
}

/** What a refusal that passes by itself asks us to wait; null for one that does not. */
export function breakAfter(outcome: LoginOutcome, now: Date): LoginBreak | null {
  if (outcome.kind !== "refused" || (outcome.why !== "flood" && outcome.why !== "address"))
    return null;
  const { why: by, breakTimeMs } = outcome;
  const ms = breakTimeMs === null ? OWN_BREAK_MS : breakTimeMs + BREAK_MARGIN_MS;
  return { by, until: later(now, ms) };
}

/** What a refused login means to the one who asked; in Kaspi's words where it has any of its own. */
export function loginError(refusal: LoginRefusal): AppError {
  const { why, breakTimeMs, code, text } = refusal;
  switch (why) {
    case "credentials":
      return new AppError("kaspi_credentials");
    case "flood":
      return new AppError("kaspi_flood", "kaspi_flood", {
        retryAfterMs: breakTimeMs ?? 60 * SECOND,
      });
    case "permissions":
      return new AppError("kaspi_rejected", "login_permissions");
    case "no_merchants":
      return new AppError("kaspi_rejected", "login_no_merchants");
    case "address":
      return new AppError("kaspi_address_refused", "login_address_refused");
    case "code":
      return new AppError("kaspi_credentials", "login_code_wrong");
    case "code_old":
      return new AppError("gone", "login_code_old");
    case "lost":
      return new AppError("gone", "login_lost");
    default:
      return text
        ? new AppError("kaspi_rejected", "login_refused_words", { params: { text } })
        : new AppError("kaspi_rejected", "login_refused", { params: { code: code ?? "—" } });
  }
}
