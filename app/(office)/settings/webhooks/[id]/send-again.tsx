"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { DeliveryLine } from "@/lib/webhooks/event-model";
import { repeat } from "../actions";
import { useEventName } from "../event-name";
import { useOutcomeText } from "../outcome-text";

export function SendAgain({ line: { id: deliveryId, event } }: { line: DeliveryLine }) {
  const t = useTranslations("webhooks.again");
  const tErrors = useTranslations("errors");
  const nameOf = useEventName();
  const textOf = useOutcomeText();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const press = () =>
    startTransition(async () => {
      const result = await repeat({ deliveryId }).catch(() => null);
      if (!result?.ok)
        return toast({ tone: "red", text: result?.failure.text ?? tErrors("no_connection") });
      const text = textOf(result.value);
      toast(result.value.ok ? { text } : { tone: "red", text });
    });
  return (
    <Button
      size="sm"
      pending={pending}
      aria-label={t("of", { event: nameOf(event) })}
      onClick={press}
    >
      {t("act")}
    </Button>
  );
}
