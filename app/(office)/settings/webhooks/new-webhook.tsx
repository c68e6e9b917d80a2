"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SecretOnce } from "./secret-once";
import { WebhookForm } from "./webhook-form";

/** The button, the questions, and the secret, this once. */
export function NewWebhook() {
  const t = useTranslations("webhooks");
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const change = (next: boolean) => {
    setMade(null);
    setOpen(next);
  };
  return (
    <>
      <Button look="primary" onClick={() => change(true)}>
        {t("create")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={t(made ? "made.title" : "form.title")}
        lead={t(made ? "made.lead" : "form.lead")}
      >
        {made ? (
          <SecretOnce value={made} onKept={() => change(false)} />
        ) : (
          <WebhookForm onMade={setMade} />
        )}
      </Dialog>
    </>
  );
}
