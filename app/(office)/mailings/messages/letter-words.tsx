"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { MessageGiven } from "@/lib/mailings/messages/message-model";

/** Somebody else's letter as it was written: to be looked at. */
export function LetterWords({ written }: { written: MessageGiven }) {
  const t = useTranslations("letters.form");
  const { bodyText, bodyHtml } = written;
  return (
    <Panel title={t("words")}>
      {bodyText && <p className="break-words whitespace-pre-line">{bodyText}</p>}
      {bodyHtml && (
        <pre className="overflow-x-auto whitespace-pre-wrap break-words text-ink-soft text-sm">
          {bodyHtml}
        </pre>
      )}
    </Panel>
  );
}
