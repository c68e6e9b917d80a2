"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { remove } from "./actions";

export function RemoveCalculation({ id, name }: { id: string; name: string }) {
  const t = useTranslations("calculator.saved");
  return (
    <Confirm
      trigger={
        <Button size="sm" look="ghost">
          {t("remove")}
          <span className="sr-only">: {name}</span>
        </Button>
      }
      title={t("removeTitle")}
      act={t("remove")}
      danger
      onAct={() => remove({ calculationId: id })}
    >
      {t("removeText", { name })}
    </Confirm>
  );
}
