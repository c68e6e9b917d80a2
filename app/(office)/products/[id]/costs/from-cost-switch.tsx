"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { MoneyDoubt } from "@/components/money-doubt";
import { Switch } from "@/components/ui/switch";
import { useToast } from "@/components/ui/toast";
import type { Product } from "@/lib/products/model";
import { saveFromCost } from "../../actions";

type Props = { product: Pick<Product, "id" | "name" | "mayChangeRule">; on: boolean };

/** Whether the floor comes from cost; asked back where it would stand far below the price. */
export function FromCostSwitch({ product, on }: Props) {
  const t = useTranslations("costs.fromCost");
  const toast = useToast();
  const [doubt, setDoubt] = useState<string | null>(null);
  const save = (next: boolean, confirm: boolean) =>
    saveFromCost({ productId: product.id, on: next, confirm });
  const confirm = async () => {
    setDoubt(null);
    const outcome = await save(true, true).catch(() => null);
    if (!outcome?.ok) toast({ tone: "red", text: outcome?.failure.text ?? t("notSaved") });
  };
  return (
    <>
      <Switch
        on={on}
        label={t("label", { name: product.name })}
        disabled={!product.mayChangeRule}
        save={(next) => save(next, false)}
        onFailure={({ kind, text }) => {
          if (kind !== "confirmation_needed") return false;
          setDoubt(text);
          return true;
        }}
      />
      {doubt && (
        <MoneyDoubt
          title={t("doubt")}
          text={doubt}
          act={t("confirm")}
          onClose={() => setDoubt(null)}
          onFix={() => setDoubt(null)}
          onAct={confirm}
        />
      )}
    </>
  );
}
