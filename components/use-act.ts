"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import type { SaveOutcome } from "@/components/ui/save-outcome";
import { useToast } from "@/components/ui/toast";

/** Runs an action; says why when it fails, and `done` when it does not. */
export function useAct() {
  const t = useTranslations("errors");
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const act = (work: () => Promise<SaveOutcome>, done?: string) =>
    startTransition(async () => {
      const outcome = await work().catch(() => null);
      if (!outcome?.ok)
        return toast({ tone: "red", text: outcome?.failure.text ?? t("no_connection") });
      if (done) toast({ text: done });
    });
  return { pending, act };
}
