"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { putAllAway } from "./actions";

/** `until`: when the newest of them came. What comes while the page is open stays. */
export function PutAllAway({ count, until }: { count: number; until: string }) {
  const t = useTranslations("telling.page");
  return (
    <Confirm
      trigger={<Button>{t("putAllAway")}</Button>}
      title={t("askTitle", { count })}
      act={t("putAway")}
      onAct={() => putAllAway({ until })}
    >
      {t("askText")}
    </Confirm>
  );
}
