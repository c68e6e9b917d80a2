"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import type { Tried } from "@/lib/mailings/messages/try-letter";
import { sendToMyself } from "./actions";

type Props = { messageId: string; as: string; isSaved: boolean };

/** Sends what is saved to oneself, and says what the mail server said. */
export function TryLetter({ messageId, as, isSaved }: Props) {
  const t = useTranslations("letters.test");
  const { save, pending, fields, failure } = useFormSave();
  const [tried, setTried] = useState<Tried | null>(null);
  const send = () =>
    save(async () => {
      setTried(null);
      const outcome = await sendToMyself({ messageId, as });
      if (outcome.ok) setTried(outcome.value);
      return outcome;
    }, {});
  const why = failure ?? fields.as;
  return (
    <div className="flex flex-col gap-2 border-t pt-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button pending={pending} disabled={!isSaved} onClick={send}>
          {t("act")}
        </Button>
        <span className="text-ink-faint text-sm">{t(isSaved ? "lead" : "unsaved")}</span>
      </div>
      {why && <Notice tone="red">{why}</Notice>}
      {tried && (
        <Notice
          tone={tried.kind === "success" ? "green" : "red"}
          title={t(tried.kind, { to: tried.to })}
        >
          {tried.said && t("said", { said: tried.said })}
        </Notice>
      )}
    </div>
  );
}
