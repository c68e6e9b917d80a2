"use client";

import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatNumber } from "@/lib/i18n/money";
import { tryExit } from "./actions";

/** Asks Kaspi one thing through the exit, and says what came. */
export function TryExit({ exitId, name }: { exitId: string; name: string }) {
  const t = useTranslations("settings.exits");
  const tErrors = useTranslations("errors");
  const locale = useLocale();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const press = () =>
    startTransition(async () => {
      const outcome = await tryExit({ exitId }).catch(() => null);
      if (!outcome) return toast({ tone: "red", text: tErrors("no_connection") });
      if (!outcome.ok) return toast({ tone: "red", text: outcome.failure.text });
      const test = outcome.value;
      if (test.ok) toast({ text: t("answered", { ms: formatNumber(test.ms, locale) }) });
      else toast({ tone: "red", text: t("notAnswered", { why: test.why }) });
    });
  return (
    <Button size="sm" pending={pending} aria-label={t("tryOf", { name })} onClick={press}>
      {t("try")}
    </Button>
  );
}
