"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import type { WebhookRowLine } from "./webhook-line";

/** Whether it is told of anything, and whether that arrives. */
export function WebhookState({ line }: { line: WebhookRowLine }) {
  const t = useTranslations("webhooks.state");
  const { state, offReason, failingSince, lastDeliveredAt } = line;
  if (state === "paused") return <StatusDot>{t("paused")}</StatusDot>;
  if (state === "off")
    return <StatusDot tone="red">{t(offReason === "closed" ? "closed" : "failing")}</StatusDot>;
  if (failingSince)
    return (
      <span className="flex flex-wrap gap-x-1.5">
        <StatusDot tone="amber">{t("troubled")}</StatusDot>
        <TimeAgo at={failingSince} />
      </span>
    );
  if (lastDeliveredAt === null) return <StatusDot tone="blue">{t("fresh")}</StatusDot>;
  return (
    <span className="flex flex-wrap gap-x-1.5">
      <StatusDot tone="green">{t("working")}</StatusDot>
      <TimeAgo at={lastDeliveredAt} />
    </span>
  );
}
