"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useCounted } from "@/components/use-counted";
import { stopAllSending } from "../actions";

/** The kill switch of the whole office. */
export function StopEverything({ stores, bots }: { stores: number; bots: number }) {
  const t = useTranslations("stores.sending");
  const counted = useCounted();
  return (
    <Confirm
      trigger={<Button>{t("stopAll")}</Button>}
      title={t("stopAllTitle")}
      act={t("stop")}
      danger
      onAct={() => stopAllSending({ stopped: true })}
    >
      {t("stopAllText", { stores: counted(stores).shown, bots: counted(bots).shown })}
    </Confirm>
  );
}
