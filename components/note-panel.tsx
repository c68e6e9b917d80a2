"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Panel } from "./panel";
import { Button } from "./ui/button";
import { Field } from "./ui/field";
import { Notice } from "./ui/notice";
import { TextArea } from "./ui/text-area";
import { type FormOutcome, useFormSave } from "./ui/use-form-save";

type Props = {
  note: string | null;
  mayChange: boolean;
  save: (note: string) => Promise<FormOutcome>;
  className?: string;
};

/** The seller's own words, which Kaspi never sees. Nothing at all where there are none and may be none. */
export function NotePanel({ note, mayChange, save, className }: Props) {
  const t = useTranslations("common.note");
  if (!mayChange && note === null) return null;
  return (
    <Panel title={t("title")} {...(className && { className })}>
      {mayChange ? (
        <NoteForm note={note ?? ""} save={save} />
      ) : (
        <p className="whitespace-pre-wrap wrap-anywhere">{note}</p>
      )}
    </Panel>
  );
}

function NoteForm({ note, save: write }: { note: string; save: Props["save"] }) {
  const t = useTranslations("common.note");
  const { save, pending, fields, failure } = useFormSave();
  // Null: untouched, and what is saved shows as it comes.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? note;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(() => write(text), { text: t("saved"), after: () => setTyped(null) });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field
        label={<span className="sr-only">{t("label")}</span>}
        hint={t("hint")}
        error={fields.note}
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            rows={2}
            value={text}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {text.trim() !== note && (
        <Button type="submit" pending={pending} className="self-start">
          {t("save")}
        </Button>
      )}
    </form>
  );
}
