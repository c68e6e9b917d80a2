"use client";

import { useTranslations } from "next-intl";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrlState } from "@/components/ui/url-state";
import { type ChartRange, chartRanges } from "@/lib/repricing/chart/chart-model";

export function RangeSwitch({ range }: { range: ChartRange }) {
  const t = useTranslations("products.product.chart");
  const { go } = useUrlState();
  return (
    <SegmentedControl
      label={t("range")}
      value={range}
      options={chartRanges.map((value) => ({ value, label: t(value) }))}
      onChoose={(chosen) => go({ range: chosen === "day" ? null : chosen }, "replace")}
    />
  );
}
