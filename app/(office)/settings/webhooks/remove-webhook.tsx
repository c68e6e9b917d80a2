"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { remove } from "./actions";
import type { WebhookRowLine } from "./webhook-line";

export function RemoveWebhook({ line: { id: webhookId, host } }: { line: WebhookRowLine }) {
  const t = useTranslations("webhooks.remove");
  return (
    <Confirm
      trigger={
        <Button size="sm" aria-label={t("of", { host })}>
          {t("act")}
        </Button>
      }
      title={t("title", { host })}
      act={t("act")}
      danger
      onAct={() => remove({ webhookId })}
    >
      {t("text")}
    </Confirm>
  );
}
