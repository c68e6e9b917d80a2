"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { rollBack } from "../../actions";
import { RollbackForecast } from "./rollback-forecast";

/** Puts the prices of a version back, once it is said how. */
export function RollBack({ listId, number }: { listId: string; number: number }) {
  const t = useTranslations("priceList.version");
  return (
    <Confirm
      trigger={<Button>{t("rollback")}</Button>}
      title={t("rollbackTitle", { number })}
      act={t("rollbackAct")}
      onAct={() => rollBack({ listId })}
    >
      <div className="flex flex-col gap-2">
        <RollbackForecast listId={listId} />
        <p>{t("rollbackText")}</p>
      </div>
    </Confirm>
  );
}
