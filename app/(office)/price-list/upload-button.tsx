"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { upload } from "./actions";

type Props = { storeId: string; count: number; isBusy: boolean };

/** Sends the list to the cabinet, once it is said what that means. */
export function UploadButton({ storeId, count, isBusy }: Props) {
  const t = useTranslations("priceList.upload");
  return (
    <Confirm
      trigger={
        <Button size="sm" disabled={isBusy}>
          {t("button")}
        </Button>
      }
      title={t("title")}
      act={t("act")}
      onAct={() => upload({ storeId })}
    >
      {t("text", { count })}
    </Confirm>
  );
}
