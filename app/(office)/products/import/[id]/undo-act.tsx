"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { undo } from "../actions";
import { useImportId } from "./import-id";

/** Puts everything back, after it was asked. */
export function UndoAct() {
  const t = useTranslations("tables.import");
  const { importId } = useImportId();
  return (
    <Confirm
      trigger={<Button size="sm">{t("undo")}</Button>}
      title={t("undoTitle")}
      act={t("undo")}
      onAct={() => undo({ importId })}
    >
      {t("undoText")}
    </Confirm>
  );
}
