import { env } from "@/lib/env";
import { type KaspiAccess, kaspiAccess } from "@/lib/exits/access";
import type { Ways } from "./post";

/** What every use case of webhooks needs. Tests bring their own names and clock. */
export type WebhookAccess = Pick<KaspiAccess, "db" | "clock" | "vault"> & Ways;

export function webhookAccess(): WebhookAccess {
  const { db, clock, vault } = kaspiAccess();
  return { db, clock, vault, targets: env().WEBHOOK_PRIVATE_TARGETS };
}
