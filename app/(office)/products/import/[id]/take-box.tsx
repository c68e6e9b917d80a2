"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { useAct } from "@/components/use-act";
import { take } from "../actions";
import { useImportId } from "./import-id";
import type { ChangeLine } from "./import-line";

/** Whose word counts in a disputed cell. */
export function TakeBox({ line }: { line: ChangeLine }) {
  const t = useTranslations("tables.import.table");
  const { importId, isOpen } = useImportId();
  const { pending, act } = useAct();
  const { nth, field, article, isTaken } = line;
  return (
    <Checkbox
      checked={isTaken}
      disabled={pending || !isOpen}
      aria-label={t("takenOf", { field, article })}
      onChange={({ target }) => act(() => take({ importId, nth, taken: target.checked }))}
    >
      {t("taken")}
    </Checkbox>
  );
}
