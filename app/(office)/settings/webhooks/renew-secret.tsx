"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SettingsForm } from "../settings-form";
import { renew } from "./actions";
import { OwnPassword } from "./own-password";
import { SecretOnce } from "./secret-once";
import type { WebhookRowLine } from "./webhook-line";

/** The button, the password, and the new secret, this once. */
export function RenewSecret({ line: { id: webhookId, host } }: { line: WebhookRowLine }) {
  const t = useTranslations("webhooks");
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const change = (next: boolean) => {
    setMade(null);
    setOpen(next);
  };
  const submit = async ({ current = "" }: Record<string, string>) => {
    const outcome = await renew({ webhookId, current });
    if (outcome.ok) setMade(outcome.value.secret);
    return outcome;
  };
  return (
    <>
      <Button size="sm" aria-label={t("renew.of", { host })} onClick={() => change(true)}>
        {t("renew.act")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={made ? t("renew.made") : t("renew.title", { host })}
        lead={made ? t("made.lead") : t("renew.text")}
      >
        {made ? (
          <SecretOnce value={made} onKept={() => change(false)} />
        ) : (
          <SettingsForm save={submit} act={t("renew.replace")}>
            {(errors) => <OwnPassword error={errors.current} />}
          </SettingsForm>
        )}
      </Dialog>
    </>
  );
}
