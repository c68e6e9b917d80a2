"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { WebhookEvent } from "@/lib/webhooks/event-model";
import { SettingsForm } from "../settings-form";
import { choose } from "./actions";
import { EventBoxes } from "./event-boxes";
import type { WebhookRowLine } from "./webhook-line";

export function EditEvents({ line }: { line: WebhookRowLine }) {
  const t = useTranslations("webhooks.edit");
  const [open, setOpen] = useState(false);
  const [events, setEvents] = useState<WebhookEvent[]>(line.events);
  const change = (next: boolean) => {
    setEvents(line.events);
    setOpen(next);
  };
  return (
    <>
      <Button size="sm" aria-label={t("of", { host: line.host })} onClick={() => change(true)}>
        {t("act")}
      </Button>
      <Dialog open={open} onOpenChange={change} title={t("title")} lead={line.host}>
        <SettingsForm
          save={() => choose({ webhookId: line.id, events })}
          after={() => setOpen(false)}
          act={t("save")}
        >
          {(errors) => <EventBoxes chosen={events} onChange={setEvents} error={errors.events} />}
        </SettingsForm>
      </Dialog>
    </>
  );
}
