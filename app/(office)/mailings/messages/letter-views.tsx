"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { HtmlFrame } from "./html-frame";

type Props = { letter: { subject: string; text: string; html: string } };

/** A letter both ways that mail programs show it: made up, and as plain text. */
export function LetterViews({ letter: { subject, text, html } }: Props) {
  const t = useTranslations("letters.preview");
  const [asked, setAsked] = useState<"html" | "text">("html");
  const way = html === "" ? "text" : asked;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="break-words font-medium">{subject || t("noSubject")}</p>
      {html !== "" && (
        <SegmentedControl
          label={t("way")}
          value={way}
          options={[
            { value: "html", label: t("html") },
            { value: "text", label: t("text") },
          ]}
          onChoose={setAsked}
        />
      )}
      {way === "html" ? (
        <>
          <HtmlFrame html={html} title={t("frame")} />
          <p className="text-ink-faint text-sm">{t("pictures")}</p>
        </>
      ) : (
        <p className="break-words rounded-md border px-3 py-2 whitespace-pre-line">{text}</p>
      )}
    </div>
  );
}
