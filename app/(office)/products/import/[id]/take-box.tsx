"use client";

import { useTranslations } from "next-intl";
import { useOptimistic } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { useAct } from "@/components/use-act";
import { take } from "../actions";
import { useImportId } from "./import-id";
import type { ChangeLine } from "./import-line";

/** Whose word counts in a disputed cell. */
export function TakeBox({ line }: { line: ChangeLine }) {
  const t = useTranslations("tables.import.table");
  const { importId, isOpen } = useImportId();
  const { act } = useAct();
  const { nth, field, article } = line;
  const [isTaken, show] = useOptimistic(line.isTaken);
  const choose = (taken: boolean) =>
    act(() => {
      show(taken);
      return take({ importId, nth, taken });
    });
  return (
    <Checkbox
      checked={isTaken}
      disabled={!isOpen}
      aria-label={t("takenOf", { field, article })}
      onChange={({ target }) => choose(target.checked)}
    >
      {t("taken")}
    </Checkbox>
  );
}
