"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import { letBotsGoOn } from "./actions";

/** After an undo the bots stand still; a person lets them go on. */
export function ResumeBots({ runId }: { runId: string }) {
  const t = useTranslations("ledger.undo");
  const tErrors = useTranslations("errors");
  const counted = useCounted();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const resume = () =>
    startTransition(async () => {
      const answer = await letBotsGoOn({ runId }).catch(() => null);
      if (answer?.ok) return toast({ text: t("resumed", counted(answer.value.count)) });
      toast({ tone: "red", text: answer ? answer.failure.text : tErrors("no_connection") });
    });
  return (
    <Button pending={pending} onClick={resume}>
      {t("resume")}
    </Button>
  );
}
