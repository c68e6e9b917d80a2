"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { FileField } from "@/components/file-field";
import { sendFile } from "@/components/send-file";
import { Button, ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useCounted } from "@/components/use-counted";
import { formatNumber } from "@/lib/i18n/money";
import type { ImportAnswer } from "./file/import-answer";
import { ImportFindings } from "./import-findings";

type Said = { act: "look" | "save"; tags: string; update: boolean };

/** A file is looked at first, and saved when a person has seen whom it would add. */
export function ImportForm() {
  const t = useTranslations("recipients.import");
  const tErrors = useTranslations("errors");
  const locale = useLocale();
  const counted = useCounted();
  const [pending, startTransition] = useTransition();
  const [file, setFile] = useState<File | null>(null);
  const [tags, setTags] = useState("");
  const [update, setUpdate] = useState(false);
  const [seen, setSeen] = useState<ImportAnswer | null>(null);
  const [saved, setSaved] = useState<ImportAnswer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  /** What was seen was of another file, or of other words to it. */
  const forget = () => {
    setSeen(null);
    setSaved(null);
    setFailure(null);
  };
  const send = (said: Said) =>
    startTransition(async () => {
      if (!file) return setFailure(t("fileEmpty"));
      const form = formOf(file, said);
      const answer = await sendFile<ImportAnswer>("/mailings/recipients/import/file", form);
      if ("failure" in answer) return setFailure(answer.failure);
      if ("lost" in answer) return setFailure(tErrors(answer.lost));
      setFailure(null);
      setSeen(said.act === "look" ? answer.report : null);
      setSaved(said.act === "save" ? answer.report : null);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ act: seen ? "save" : "look", tags, update });
  };
  const changes = seen ? seen.added + seen.updated : 0;
  const number = (count: number) => formatNumber(count, locale);
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FileField
        label={t("file")}
        error={failure}
        choose={t("choose")}
        name={file?.name ?? t("notChosen")}
        accept=".xlsx,.csv,.txt,text/csv"
        onChoose={(next) => {
          setFile(next);
          forget();
        }}
      />
      <Field label={t("tags")} hint={t("tagsHint")}>
        {(wiring) => (
          <Input
            {...wiring}
            autoComplete="off"
            value={tags}
            onChange={({ target }) => {
              setTags(target.value);
              forget();
            }}
            className="max-w-md"
          />
        )}
      </Field>
      <Checkbox
        checked={update}
        onChange={({ target }) => {
          setUpdate(target.checked);
          if (seen) send({ act: "look", tags, update: target.checked });
        }}
      >
        {t("update")}
      </Checkbox>
      {saved && (
        <Notice tone="green">
          {t("done", { added: number(saved.added), updated: number(saved.updated) })}
        </Notice>
      )}
      <ImportFindings report={seen ?? saved} />
      {saved ? (
        <ButtonLink href="/mailings/recipients" look="primary" className="self-start">
          {t("toList")}
        </ButtonLink>
      ) : (
        <Button
          type="submit"
          look="primary"
          pending={pending}
          disabled={seen !== null && changes === 0}
          className="self-start"
        >
          {!seen && t("look")}
          {seen && (changes === 0 ? t("nothing") : t("apply", counted(changes)))}
        </Button>
      )}
    </form>
  );
}

function formOf(file: File, { act, tags, update }: Said): FormData {
  const form = new FormData();
  form.set("file", file);
  form.set("act", act);
  form.set("tags", tags);
  if (update) form.set("update", "on");
  return form;
}
