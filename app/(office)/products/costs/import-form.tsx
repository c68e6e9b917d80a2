"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { FileField } from "@/components/file-field";
import { sendFile } from "@/components/send-file";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Notice } from "@/components/ui/notice";
import { useCounted } from "@/components/use-counted";
import type { ImportAnswer } from "./file/import-answer";
import { ImportFindings } from "./import-findings";

type Said = { act: "look" | "save"; store: string; confirm: boolean };

/** A file is looked at first, and saved when a person has seen what it would do. */
export function ImportForm({ storeId }: { storeId: string | null }) {
  const t = useTranslations("costs.import");
  const tErrors = useTranslations("errors");
  const counted = useCounted();
  const [pending, startTransition] = useTransition();
  const [file, setFile] = useState<File | null>(null);
  const [seen, setSeen] = useState<ImportAnswer | null>(null);
  const [saved, setSaved] = useState<ImportAnswer | null>(null);
  const [confirm, setConfirm] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const choose = (next: File | null) => {
    setFile(next);
    setSeen(null);
    setSaved(null);
    setConfirm(false);
    setFailure(null);
  };
  const send = (act: "look" | "save", isConfirmed: boolean) =>
    startTransition(async () => {
      if (!file) return setFailure(t("fileEmpty"));
      const form = formOf(file, { act, store: storeId ?? "", confirm: isConfirmed });
      const answer = await sendFile<ImportAnswer>("/products/costs/file", form);
      if ("failure" in answer) return setFailure(answer.failure);
      if ("lost" in answer) return setFailure(tErrors(answer.lost));
      setFailure(null);
      if (act === "look") return setSeen(answer.report);
      setSeen(null);
      setSaved(answer.report);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(seen ? "save" : "look", confirm);
  };
  const changes = seen?.changes ?? 0;
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FileField
        label={t("file")}
        error={failure}
        choose={t("choose")}
        name={file?.name ?? t("notChosen")}
        accept=".xlsx,.csv,.txt,text/csv"
        onChoose={choose}
      />
      {saved && <Notice tone="green">{t("done", { shown: counted(saved.changes).shown })}</Notice>}
      {(seen ?? saved) && <ImportFindings report={seen ?? saved} />}
      {seen && seen.doubtful > 0 && (
        <Checkbox
          checked={confirm}
          onChange={({ target }) => {
            setConfirm(target.checked);
            send("look", target.checked);
          }}
        >
          {t("confirm")}
        </Checkbox>
      )}
      {!saved && (
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

function formOf(file: File, { act, store, confirm }: Said): FormData {
  const form = new FormData();
  form.set("file", file);
  form.set("act", act);
  form.set("store", store);
  if (confirm) form.set("confirm", "on");
  return form;
}
