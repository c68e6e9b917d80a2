"use client";

import { useTranslations } from "next-intl";
import type { SentEvent } from "@/lib/webhooks/event-model";

const keys = {
  "price.changed": "priceChanged",
  "sync.finished": "syncFinished",
  "store.needs_reauth": "needsReauth",
  "decision.frozen": "decisionFrozen",
  ping: "ping",
} as const satisfies Record<SentEvent, string>;

/** An event in the reader's words. */
export function useEventName(): (event: SentEvent) => string {
  const t = useTranslations("webhooks.event");
  return (event) => t(keys[event]);
}

/** As a program calls it. */
export const EventCode = ({ event }: { event: SentEvent }) => (
  <code className="text-ink-soft text-sm">{event}</code>
);
