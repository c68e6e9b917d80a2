"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { focusHeading } from "@/components/ui/focus-heading";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import { refuseHeld, sendHeld } from "./actions";

const FOCUS_MS = 100;

type Props = { holdId: string; waiting: number };

/** To let all of it go, or none of it. */
export function HeldAnswers({ holdId, waiting }: Props) {
  const t = useTranslations("approvals.held");
  const counted = useCounted();
  const toast = useToast();
  const isAnswered = useRef(false);
  // The panel goes with its answer; its window puts the focus back before.
  useEffect(() => () => void (isAnswered.current && setTimeout(focusHeading, FOCUS_MS)), []);
  const answer = async (act: typeof sendHeld, said: "sent" | "refused") => {
    const outcome = await act({ holdId });
    if (!outcome.ok) return outcome;
    isAnswered.current = true;
    toast({ text: t(said, counted(outcome.value.count)) });
    return outcome;
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Confirm
        trigger={<Button look="primary">{t("send")}</Button>}
        title={t("sendTitle", counted(waiting))}
        act={t("sendAct", counted(waiting))}
        onAct={() => answer(sendHeld, "sent")}
      >
        {t("sendText")}
      </Confirm>
      <Confirm
        trigger={<Button>{t("refuse")}</Button>}
        title={t("refuseTitle", counted(waiting))}
        act={t("refuseAct")}
        onAct={() => answer(refuseHeld, "refused")}
      >
        {t("refuseText")}
      </Confirm>
    </div>
  );
}
