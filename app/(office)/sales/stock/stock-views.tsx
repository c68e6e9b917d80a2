"use client";

import { useTranslations } from "next-intl";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrlState } from "@/components/ui/url-state";
import { type StockView, stockViews } from "@/lib/sales/stock-model";

/** What runs out, what has, what sells, and what lies still. */
export function StockViews({ view }: { view: StockView }) {
  const t = useTranslations("sales.stock.view");
  const { go } = useUrlState();
  return (
    <SegmentedControl
      label={t("label")}
      value={view}
      options={stockViews.map((value) => ({ value, label: t(value) }))}
      onChoose={(value) => go({ view: value === "low" ? null : value, page: null })}
    />
  );
}
