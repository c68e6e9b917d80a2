"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { CostTexts } from "@/components/costs/cost-fields";
import { CostInputs } from "@/components/costs/cost-inputs";
import { MoneyDoubt } from "@/components/money-doubt";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import type { CostsFormValues } from "@/lib/repricing/cost-floor/cost-form";
import { saveCosts } from "../../actions";

type Props = {
  productId: string;
  values: CostTexts;
  /** What counts where the product says nothing. */
  usual: CostTexts;
  onClose: () => void;
};

type Doubt = { costs: CostsFormValues; text: string };

export function CostWindow({ productId, values, usual, onClose }: Props) {
  const t = useTranslations("costs.form");
  const { save, pending, fields, failure } = useFormSave();
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const put = (costs: CostsFormValues, confirm: boolean) =>
    save(
      async () => {
        const result = await saveCosts({ productId, costs, confirm });
        if (!result.ok && result.failure.kind === "confirmation_needed")
          setDoubt({ costs, text: result.failure.text });
        return result;
      },
      { text: t("saved"), after: onClose },
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    put(Object.fromEntries(new FormData(event.currentTarget)) as CostsFormValues, false);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      lead={t("lead")}
      className="max-w-xl"
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {failure && !doubt && <Notice tone="red">{failure}</Notice>}
        <CostInputs
          values={values}
          usual={usual}
          errorOf={(name) => fields[`costs.${name}`]}
          withCost
        />
        <div className="flex justify-end">
          <Button type="submit" look="primary" pending={pending}>
            {t("save")}
          </Button>
        </div>
      </form>
      {doubt && (
        <MoneyDoubt
          title={t("doubt")}
          text={doubt.text}
          act={t("confirm")}
          onClose={() => setDoubt(null)}
          onFix={() => setDoubt(null)}
          onAct={() => {
            setDoubt(null);
            put(doubt.costs, true);
          }}
        />
      )}
    </Dialog>
  );
}
