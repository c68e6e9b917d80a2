"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { renew } from "./actions";
import { SecretOnce } from "./secret-once";
import type { WebhookRowLine } from "./webhook-line";

export function RenewSecret({ line: { id: webhookId, host } }: { line: WebhookRowLine }) {
  const t = useTranslations("webhooks");
  const [made, setMade] = useState<string | null>(null);
  const act = async () => {
    const outcome = await renew({ webhookId });
    if (outcome.ok) setMade(outcome.value.secret);
    return outcome;
  };
  return (
    <>
      <Confirm
        trigger={
          <Button size="sm" aria-label={t("renew.of", { host })}>
            {t("renew.act")}
          </Button>
        }
        title={t("renew.title", { host })}
        act={t("renew.act")}
        onAct={act}
      >
        {t("renew.text")}
      </Confirm>
      <Dialog
        open={made !== null}
        onOpenChange={() => setMade(null)}
        title={t("renew.made")}
        lead={t("made.lead")}
      >
        {made && <SecretOnce value={made} onKept={() => setMade(null)} />}
      </Dialog>
    </>
  );
}
