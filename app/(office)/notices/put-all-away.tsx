"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { putAllAway } from "./actions";

export function PutAllAway({ count }: { count: number }) {
  const t = useTranslations("telling.page");
  return (
    <Confirm
      trigger={<Button>{t("putAllAway")}</Button>}
      title={t("askTitle", { count })}
      act={t("putAway")}
      onAct={() => putAllAway({})}
    >
      {t("askText")}
    </Confirm>
  );
}
