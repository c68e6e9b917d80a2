"use client";

import { useTranslations } from "next-intl";
import type { RuleAbove } from "@/components/repricing/rule-draft";
import { RuleForm } from "@/components/repricing/rule-form";
import { Dialog } from "@/components/ui/dialog";
import type { RuleFormTexts } from "@/lib/repricing/rule/rule-form-model";
import { lookAtProductRule } from "../../rules/actions";
import { ruleSources } from "../../rules/sources";
import { saveRule } from "../actions";

type Props = {
  productId: string;
  /** For this city alone. */
  city?: { id: string; name: string };
  values: RuleFormTexts;
  above: RuleAbove;
  onClose: () => void;
};

export function RuleWindow({ productId, city, values, above, onClose }: Props) {
  const t = useTranslations("products.product.rule");
  const tCities = useTranslations("cities.rule");
  const place = { productId, ...(city && { cityId: city.id }) };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={city ? tCities("window", { city: city.name }) : t("title")}
      className="max-w-2xl"
    >
      <RuleForm
        values={values}
        above={above}
        level={city ? "city" : "product"}
        save={(rule, confirm) => saveRule({ ...place, rule, confirm })}
        look={(rule) => lookAtProductRule({ ...place, rule })}
        sources={ruleSources}
        onSaved={onClose}
      />
    </Dialog>
  );
}
