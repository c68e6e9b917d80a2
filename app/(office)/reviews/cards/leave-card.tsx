"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { leaveOne } from "../actions";

/** Stops reading a card every day. */
export function LeaveCard({ cardId, name }: { cardId: string; name: string }) {
  const t = useTranslations("reviews.cards");
  return (
    <Confirm
      trigger={
        <Button size="sm" look="ghost">
          {t("leave")}
          <span className="sr-only">: {name}</span>
        </Button>
      }
      title={t("leaveTitle")}
      act={t("leave")}
      onAct={() => leaveOne({ cardId })}
    >
      {t("leaveText", { name })}
    </Confirm>
  );
}
