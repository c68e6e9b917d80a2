"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RuleAbove } from "@/components/repricing/rule-draft";
import { RuleForm } from "@/components/repricing/rule-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { RuleFormTexts } from "@/lib/repricing/rule-form";
import { saveRule } from "../actions";

type Props = { productId: string; values: RuleFormTexts; above: RuleAbove };

export function RuleEditor({ productId, values, above }: Props) {
  const t = useTranslations("products.product.rule");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("edit")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("title")} className="max-w-2xl">
        <RuleForm
          values={values}
          above={above}
          level="product"
          save={(rule) => saveRule({ productId, rule })}
          onSaved={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}
