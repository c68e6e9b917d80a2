"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { FileField } from "@/components/file-field";
import { Panel } from "@/components/panel";
import { sendFile } from "@/components/send-file";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { MOST_FILE_BYTES } from "@/lib/mailings/messages/file-model";
import { dropFile } from "../actions";
import { formatSize } from "./format-size";

type Props = {
  messageId: string;
  files: readonly { id: string; name: string; size: number }[];
  mayChange: boolean;
};

/** What goes with a letter. A file that is chosen is added at once. */
export function LetterFiles({ messageId, files, mayChange }: Props) {
  const t = useTranslations("letters.files");
  const tErrors = useTranslations("errors");
  const locale = useLocale();
  const router = useRouter();
  const { act, pending } = useAct();
  const [failure, setFailure] = useState<string | null>(null);
  const [adding, startAdding] = useTransition();
  const left = MOST_FILE_BYTES - files.reduce((sum, { size }) => sum + size, 0);
  const add = (file: File | null) => {
    if (!file) return;
    if (file.size > left) return setFailure(tErrors("message_files_large"));
    startAdding(async () => {
      const form = new FormData();
      form.set("message", messageId);
      form.set("file", file);
      const answer = await sendFile<{ fileId: string }>("/mailings/messages/file", form);
      if ("failure" in answer) return setFailure(answer.failure);
      if ("lost" in answer)
        return setFailure(
          tErrors(answer.lost === "sheet_too_large" ? "message_files_large" : answer.lost),
        );
      setFailure(null);
      router.refresh();
    });
  };
  return (
    <Panel title={t("title")}>
      {files.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {files.map(({ id, name, size }) => (
            <li key={id} className="flex min-h-8 flex-wrap items-center justify-between gap-x-4">
              <a
                href={`/mailings/messages/files/${id}`}
                download
                className="min-w-0 break-all hover:underline"
              >
                {name}
              </a>
              <span className="flex items-center gap-3 text-ink-soft text-sm">
                {formatSize(size, locale)}
                {mayChange && (
                  <Button
                    size="sm"
                    pending={pending}
                    aria-label={t("removeNamed", { name })}
                    onClick={() => act(() => dropFile({ fileId: id }))}
                  >
                    {t("remove")}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <FileField
          label={t("file")}
          error={failure}
          choose={t("choose")}
          name={adding ? t("adding") : t("left", { left: formatSize(left, locale) })}
          accept="*/*"
          onChoose={add}
        />
      )}
    </Panel>
  );
}
