"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useCounted } from "@/components/use-counted";
import { refuseHeld, sendHeld } from "./actions";

type Props = { holdId: string; waiting: number };

/** To let all of it go, or none of it. */
export function HeldAnswers({ holdId, waiting }: Props) {
  const t = useTranslations("approvals.held");
  const counted = useCounted();
  return (
    <div className="flex flex-wrap gap-2">
      <Confirm
        trigger={<Button look="primary">{t("send")}</Button>}
        title={t("sendTitle", counted(waiting))}
        act={t("sendAct", counted(waiting))}
        onAct={() => sendHeld({ holdId })}
      >
        {t("sendText")}
      </Confirm>
      <Confirm
        trigger={<Button>{t("refuse")}</Button>}
        title={t("refuseTitle", counted(waiting))}
        act={t("refuseAct")}
        onAct={() => refuseHeld({ holdId })}
      >
        {t("refuseText")}
      </Confirm>
    </div>
  );
}
