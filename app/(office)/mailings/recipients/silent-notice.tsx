"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { again } from "./actions";
import type { RecipientLine } from "./recipient-line";

type Props = { line: RecipientLine; state: "unsubscribed" | "bounced"; onDone: () => void };

/** Why a recipient gets no letters; that they do again is asked first. */
export function SilentNotice({ line, state, onDone }: Props) {
  const t = useTranslations("recipients.silent");
  const toast = useToast();
  const { id: recipientId, email, bounceReason } = line;
  const run = async () => {
    const outcome = await again({ recipientId });
    if (outcome.ok) {
      toast({ text: t("done") });
      onDone();
    }
    return outcome;
  };
  return (
    <Notice tone="amber">
      <p>{t(state)}</p>
      {state === "bounced" && bounceReason && (
        <p className="mt-1 text-ink-soft text-sm [overflow-wrap:anywhere]">
          {t("reason", { reason: bounceReason })}
        </p>
      )}
      <div className="mt-2">
        <Confirm
          trigger={<Button size="sm">{t("act")}</Button>}
          title={t("title", { email })}
          act={t("act")}
          onAct={run}
        >
          {t(state === "bounced" ? "textBounced" : "textUnsubscribed")}
        </Confirm>
      </div>
    </Notice>
  );
}
