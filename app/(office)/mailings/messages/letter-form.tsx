"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { TextArea } from "@/components/ui/text-area";
import { useFormSave } from "@/components/ui/use-form-save";
import type { MessageGiven } from "@/lib/mailings/messages/message-model";
import { change, make } from "./actions";
import { PlaceholderHelp } from "./placeholder-help";

type Props = {
  messageId: string | null;
  written: MessageGiven;
  onWrite: (next: MessageGiven) => void;
  /** Gets what is kept of it. */
  onSaved: (kept: MessageGiven) => void;
  isBeingSent: boolean;
};

/** The words of a letter. */
export function LetterForm({ messageId, written, onWrite, onSaved, isBeingSent }: Props) {
  const t = useTranslations("letters.form");
  const router = useRouter();
  const { save, pending, fields, failure } = useFormSave();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const work = async () => {
      if (messageId !== null) {
        const changed = await change({ ...written, messageId });
        if (changed.ok) onSaved(changed.value);
        return changed;
      }
      const made = await make(written);
      if (made.ok) router.push(`/mailings/messages/${made.value.id}`);
      return made;
    };
    save(work, { text: t("saved") });
  };
  const { subject, bodyText, bodyHtml } = written;
  return (
    <Panel title={t("words")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {failure && <Notice tone="red">{failure}</Notice>}
        <Field label={t("subject")} error={fields.subject}>
          {(wiring) => (
            <Input
              {...wiring}
              value={subject}
              onChange={({ target }) => onWrite({ ...written, subject: target.value })}
            />
          )}
        </Field>
        <Field label={t("text")} hint={t("textHint")} error={fields.bodyText}>
          {(wiring) => (
            <TextArea
              {...wiring}
              value={bodyText}
              onChange={({ target }) => onWrite({ ...written, bodyText: target.value })}
              className="min-h-48"
            />
          )}
        </Field>
        <Field label={t("html")} hint={t("htmlHint")} error={fields.bodyHtml}>
          {(wiring) => (
            <TextArea
              {...wiring}
              value={bodyHtml}
              spellCheck={false}
              onChange={({ target }) => onWrite({ ...written, bodyHtml: target.value })}
              className="max-h-120 min-h-32 font-mono text-sm"
            />
          )}
        </Field>
        <PlaceholderHelp />
        {messageId === null && <p className="text-ink-faint text-sm">{t("filesLater")}</p>}
        <div className="flex justify-end">
          <Button type="submit" look="primary" pending={pending} disabled={isBeingSent}>
            {t(messageId === null ? "make" : "save")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
