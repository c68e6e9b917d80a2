"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { cancel } from "../actions";

export function CancelMailing({ mailingId }: { mailingId: number }) {
  const t = useTranslations("mailings.acts.cancel");
  return (
    <Confirm
      trigger={<Button>{t("act")}</Button>}
      title={t("title")}
      act={t("act")}
      danger
      onAct={() => cancel({ mailingId })}
    >
      {t("text")}
    </Confirm>
  );
}
