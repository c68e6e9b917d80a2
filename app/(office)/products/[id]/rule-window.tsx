"use client";

import { useTranslations } from "next-intl";
import type { RuleAbove } from "@/components/repricing/rule-draft";
import { RuleForm } from "@/components/repricing/rule-form";
import { Dialog } from "@/components/ui/dialog";
import type { RuleFormTexts } from "@/lib/repricing/rule-form";
import { saveRule } from "../actions";

type Props = {
  productId: string;
  values: RuleFormTexts;
  above: RuleAbove;
  onClose: () => void;
};

export function RuleWindow({ productId, values, above, onClose }: Props) {
  const t = useTranslations("products.product.rule");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      className="max-w-2xl"
    >
      <RuleForm
        values={values}
        above={above}
        level="product"
        save={(rule) => saveRule({ productId, rule })}
        onSaved={onClose}
      />
    </Dialog>
  );
}
