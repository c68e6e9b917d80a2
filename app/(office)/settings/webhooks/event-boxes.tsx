"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { type WebhookEvent, webhookEvents } from "@/lib/webhooks/event-model";
import { EventCode, useEventName } from "./event-name";

type Props = {
  chosen: readonly WebhookEvent[];
  onChange: (chosen: WebhookEvent[]) => void;
  error: string | undefined;
};

/** What a webhook hears of, each as people and as programs call it. */
export function EventBoxes({ chosen, onChange, error }: Props) {
  const t = useTranslations("webhooks.form");
  const nameOf = useEventName();
  const turn = (turned: WebhookEvent, on: boolean) =>
    onChange(webhookEvents.filter((event) => (event === turned ? on : chosen.includes(event))));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1.5 font-medium text-sm">{t("events")}</legend>
      {webhookEvents.map((event) => (
        <Checkbox
          key={event}
          checked={chosen.includes(event)}
          onChange={({ target }) => turn(event, target.checked)}
        >
          <span className="flex flex-col py-1">
            {nameOf(event)}
            <EventCode event={event} />
          </span>
        </Checkbox>
      ))}
      {error && <p className="text-red text-sm">{error}</p>}
    </fieldset>
  );
}
