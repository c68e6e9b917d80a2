"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { remove } from "../actions";

export function RemoveMailing({ mailingId }: { mailingId: number }) {
  const t = useTranslations("mailings.acts.remove");
  const router = useRouter();
  return (
    <Confirm
      trigger={<Button>{t("act")}</Button>}
      title={t("title")}
      act={t("act")}
      danger
      onAct={async () => {
        const outcome = await remove({ mailingId });
        if (outcome.ok) router.push("/mailings");
        return outcome;
      }}
    >
      {t("text")}
    </Confirm>
  );
}
