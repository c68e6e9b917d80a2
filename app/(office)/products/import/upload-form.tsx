"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { FileField } from "@/components/file-field";
import { sendFile } from "@/components/send-file";
import { Button } from "@/components/ui/button";

/** A file is only looked at: what it would change is a page of its own. */
export function UploadForm({ storeId }: { storeId: string | null }) {
  const t = useTranslations("tables.import");
  const tErrors = useTranslations("errors");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [file, setFile] = useState<File | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file) return setFailure(t("fileEmpty"));
    startTransition(async () => {
      const form = new FormData();
      form.set("file", file);
      form.set("store", storeId ?? "");
      const answer = await sendFile<{ importId: string }>("/products/import/file", form);
      if ("failure" in answer) return setFailure(answer.failure);
      if ("lost" in answer) return setFailure(tErrors(answer.lost));
      router.push(`/products/import/${answer.report.importId}`);
    });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FileField
        label={t("file")}
        error={failure}
        choose={t("choose")}
        name={file?.name ?? t("notChosen")}
        accept=".xlsx,.csv,.txt,.xml,text/csv,text/xml"
        onChoose={(next) => {
          setFile(next);
          setFailure(null);
        }}
      />
      <Button type="submit" look="primary" pending={pending} className="self-start">
        {t("look")}
      </Button>
    </form>
  );
}
