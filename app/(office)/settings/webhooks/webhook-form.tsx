"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type WebhookEvent, webhookEvents } from "@/lib/webhooks/event-model";
import { SettingsForm } from "../settings-form";
import { add } from "./actions";
import { EventBoxes } from "./event-boxes";
import { OwnPassword } from "./own-password";

export function WebhookForm({ onMade }: { onMade: (secret: string) => void }) {
  const t = useTranslations("webhooks.form");
  const [events, setEvents] = useState<WebhookEvent[]>([...webhookEvents]);
  const submit = async ({ url = "", current = "" }: Record<string, string>) => {
    const outcome = await add({ url, current, events });
    if (outcome.ok) onMade(outcome.value.secret);
    return outcome;
  };
  return (
    <SettingsForm save={submit} act={t("make")}>
      {(errors) => (
        <>
          <Field label={t("url")} hint={t("urlHint")} error={errors.url}>
            {(wiring) => (
              <Input {...wiring} name="url" type="url" autoComplete="off" inputMode="url" />
            )}
          </Field>
          <EventBoxes chosen={events} onChange={setEvents} error={errors.events} />
          <OwnPassword error={errors.current} />
        </>
      )}
    </SettingsForm>
  );
}
