"use client";

import { useTranslations } from "next-intl";
import { MakeOnce } from "@/components/make-once";
import { KeyForm } from "./key-form";
import { KeyOnce } from "./key-once";

export function NewKey() {
  const t = useTranslations("keys");
  return (
    <MakeOnce
      label={t("create")}
      asked={{ title: t("form.title"), lead: t("form.lead") }}
      made={{ title: t("made.title"), lead: t("made.lead") }}
      form={(onMade) => <KeyForm onMade={onMade} />}
      once={(value, onKept) => <KeyOnce value={value} onKept={onKept} />}
    />
  );
}
