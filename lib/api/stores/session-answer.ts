import { z } from "zod";
import { breakError } from "@/lib/accounts/login-outcome";
import { errorText } from "@/lib/i18n/error-text";
import type { Translator } from "@/lib/i18n/translator";
import type { StoreRecord } from "./store-queries";

export const sessionAnswer = z
  .object({
    success: z.literal(true),
    is_valid: z.boolean(),
    needs_reauth: z.boolean().describe("Somebody has to log in"),
    reason: z.string().nullable(),
    message: z.string().describe("In the caller's language"),
  })
  .meta({ id: "Session" });

type Known = Pick<StoreRecord, "session" | "reauthReason" | "pause">;
type Told = { reason: string | null; message: string };

/** What is known of a store's session. Nobody asks Kaspi for it: that may log in anew. */
export function toSessionAnswer(
  store: Known,
  t: Translator,
  now: Date,
): z.input<typeof sessionAnswer> {
  return {
    success: true,
    is_valid: store.session === "valid",
    needs_reauth: store.session === null || store.session === "needs_reauth",
    ...told(store, t, now),
  };
}

function told({ session, reauthReason, pause }: Known, t: Translator, now: Date): Told {
  switch (session) {
    case "valid":
      return { reason: null, message: t("stores.session.alive") };
    case "unknown":
      return { reason: null, message: t("stores.session.unknown") };
    case "waiting":
      return pause
        ? { reason: pause.by, message: errorText(t, breakError(pause, now)) }
        : { reason: "waiting", message: t("stores.session.waiting") };
    case "needs_reauth": {
      const reason = reauthReason ?? "login_refused";
      return { reason, message: t(`errors.reauth_${reason}`) };
    }
    case null:
      return { reason: "not_connected", message: t("errors.needs_reauth") };
  }
}
