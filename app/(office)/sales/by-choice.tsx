"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { type SalesDimension, salesDimensions } from "@/lib/sales/model";

/** What the table parts the period by. */
export function ByChoice({ by }: { by: SalesDimension }) {
  const t = useTranslations("sales.by");
  const { go } = useUrlState();
  return (
    <Select
      aria-label={t("label")}
      value={by}
      options={salesDimensions.map((value) => ({ value, label: t(value) }))}
      onChange={({ target }) => go({ by: target.value, page: null })}
    />
  );
}
