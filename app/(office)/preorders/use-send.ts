"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import { sendPreorders } from "./actions";

/** Sends preorders to Kaspi and says how many went and how many may not. */
export function useSend() {
  const t = useTranslations("preorders.done");
  const tErrors = useTranslations("errors");
  const counted = useCounted();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const send = (preorderIds: string[], { confirm = false, after = () => {} } = {}) =>
    startTransition(async () => {
      const answer = await sendPreorders({ preorderIds, confirm }).catch(() => null);
      if (!answer?.ok)
        return toast({ tone: "red", text: answer?.failure.text ?? tErrors("no_connection") });
      const { sent, refused } = answer.value;
      if (sent > 0) toast({ text: t("sent", counted(sent)) });
      if (refused > 0) toast({ tone: "red", text: t("refused", counted(refused)) });
      after();
    });
  return { pending, send };
}
