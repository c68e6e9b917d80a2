"use client";

import { useTranslations } from "next-intl";
import { MakeOnce } from "@/components/make-once";
import { SecretOnce } from "./secret-once";
import { WebhookForm } from "./webhook-form";

export function NewWebhook() {
  const t = useTranslations("webhooks");
  return (
    <MakeOnce
      label={t("create")}
      asked={{ title: t("form.title"), lead: t("form.lead") }}
      made={{ title: t("made.title"), lead: t("made.lead") }}
      form={(onMade) => <WebhookForm onMade={onMade} />}
      once={(value, onKept) => <SecretOnce value={value} onKept={onKept} />}
    />
  );
}
