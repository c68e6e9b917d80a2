"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
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
      <Since at={failingSince}>
        <StatusDot tone="amber">{t("troubled")}</StatusDot>
      </Since>
    );
  if (lastDeliveredAt === null) return <StatusDot tone="blue">{t("fresh")}</StatusDot>;
  return (
    <Since at={lastDeliveredAt}>
      <StatusDot tone="green">{t("working")}</StatusDot>
    </Since>
  );
}

function Since({ at, children }: { at: Date; children: ReactNode }) {
  return (
    <span className="flex flex-wrap gap-x-1.5">
      {children}
      <span className="text-ink-soft">
        · <TimeAgo at={at} />
      </span>
    </span>
  );
}
