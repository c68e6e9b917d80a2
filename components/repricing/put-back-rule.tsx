"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/auth/action";

type Props = { act: (confirm: boolean) => Promise<ActionResult<unknown>>; onDone: () => void };

/** A floor it would bring under half of the price is asked about once more. */
export function PutBackRule({ act, onDone }: Props) {
  const t = useTranslations("rule.versions");
  const toast = useToast();
  const [isDoubted, setDoubted] = useState(false);
  const put = async () => {
    const answer = await act(isDoubted);
    if (answer.ok) {
      toast({ text: t("done") });
      onDone();
    } else setDoubted(answer.failure.kind === "confirmation_needed");
    return answer;
  };
  return (
    <Confirm
      trigger={<Button size="sm">{t("putBack")}</Button>}
      title={t("putBackTitle")}
      act={t(isDoubted ? "confirm" : "putBack")}
      onAct={put}
    >
      {t("putBackText")}
    </Confirm>
  );
}
