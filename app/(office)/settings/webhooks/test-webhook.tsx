"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { Outcome } from "@/lib/webhooks/post";
import { ping } from "./actions";
import { Excerpt } from "./excerpt";
import { useOutcomeText } from "./outcome-text";
import type { WebhookRowLine } from "./webhook-line";

/** Sends a ping, and shows what the receiver answered. */
export function TestWebhook({ line: { id: webhookId, host } }: { line: WebhookRowLine }) {
  const t = useTranslations("webhooks.test");
  const tErrors = useTranslations("errors");
  const toast = useToast();
  const textOf = useOutcomeText();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [pending, startTransition] = useTransition();
  const press = () =>
    startTransition(async () => {
      const result = await ping({ webhookId }).catch(() => null);
      if (result?.ok) return setOutcome(result.value);
      toast({ tone: "red", text: result?.failure.text ?? tErrors("no_connection") });
    });
  return (
    <>
      <Button size="sm" pending={pending} aria-label={t("of", { host })} onClick={press}>
        {t("act")}
      </Button>
      <Dialog
        open={outcome !== null}
        onOpenChange={() => setOutcome(null)}
        title={t("title")}
        lead={host}
      >
        {outcome && (
          <div className="flex flex-col gap-3">
            <Notice tone={outcome.ok ? "green" : "red"}>{textOf(outcome)}</Notice>
            {outcome.excerpt && <Excerpt title={t("answer")}>{outcome.excerpt}</Excerpt>}
          </div>
        )}
      </Dialog>
    </>
  );
}
