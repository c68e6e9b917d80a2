"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import { useCounted } from "@/components/use-counted";
import { apply } from "../actions";
import { useImportId } from "./import-id";

type Props = { products: number; doubtful: number };

/** Everything that was accepted, or nothing. */
export function ApplyBar({ products, doubtful }: Props) {
  const t = useTranslations("tables.import");
  const counted = useCounted();
  const { importId } = useImportId();
  const [confirm, setConfirm] = useState(false);
  const { save, pending, failure } = useFormSave();
  const run = () => save(() => apply({ importId, confirm }), {});
  return (
    <div className="flex flex-col items-start gap-3">
      {failure && <Notice tone="red">{failure}</Notice>}
      {doubtful > 0 && (
        <Checkbox checked={confirm} onChange={({ target }) => setConfirm(target.checked)}>
          {t("confirm")} ({counted(doubtful).shown})
        </Checkbox>
      )}
      <Button look="primary" pending={pending} disabled={doubtful > 0 && !confirm} onClick={run}>
        {t("apply", counted(products))}
      </Button>
    </div>
  );
}
