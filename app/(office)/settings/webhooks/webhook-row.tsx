"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { buttonLook } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { turn } from "./actions";
import { EditEvents } from "./edit-events";
import { useEventName } from "./event-name";
import { RemoveWebhook } from "./remove-webhook";
import { RenewSecret } from "./renew-secret";
import { TestWebhook } from "./test-webhook";
import type { WebhookRowLine } from "./webhook-line";
import { WebhookState } from "./webhook-state";

export function WebhookRow({ line }: { line: WebhookRowLine }) {
  const t = useTranslations("webhooks");
  const nameOf = useEventName();
  const { id, url, host, of, events, state } = line;
  return (
    <li className="grid gap-x-6 gap-y-3 border-t py-4 first:border-t-0 first:pt-0 last:pb-0 md:grid-cols-[1fr_auto]">
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="break-all font-medium">{url}</p>
        <div className="text-sm">
          <WebhookState line={line} />
        </div>
        {of !== null && <p className="text-ink-soft text-sm">{t("owner", { name: of })}</p>}
        <p className="flex flex-wrap gap-1">
          {events.map((event) => (
            <Badge key={event}>{nameOf(event)}</Badge>
          ))}
        </p>
      </div>
      <div className="flex flex-col gap-3 md:items-end">
        <div className="flex items-center gap-2 text-sm max-md:justify-between">
          <span className="text-ink-soft">{t("sends")}</span>
          <Switch
            label={t("switch", { host })}
            on={state === "on"}
            save={(on) => turn({ webhookId: id, on })}
          />
        </div>
        <div className="flex flex-wrap gap-2 md:justify-end">
          <TestWebhook line={line} />
          <Link
            href={`/settings/webhooks/${id}`}
            aria-label={t("log.of", { host })}
            className={buttonLook({ size: "sm" })}
          >
            {t("log.act")}
          </Link>
          <EditEvents line={line} />
          <RenewSecret line={line} />
          <RemoveWebhook line={line} />
        </div>
      </div>
    </li>
  );
}
