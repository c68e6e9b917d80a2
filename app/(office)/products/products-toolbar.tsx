"use client";

import { useLocale, useTranslations } from "next-intl";
import { SearchBox } from "@/components/ui/search-box";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrlState } from "@/components/ui/url-state";
import { formatNumber } from "@/lib/i18n/money";
import { type FilterCounts, type ProductFilter, productFilters } from "@/lib/products/filter-model";

type Props = { filter: ProductFilter; counts: FilterCounts };

export function ProductsToolbar({ filter, counts }: Props) {
  const t = useTranslations("products");
  const locale = useLocale();
  const { go } = useUrlState();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SearchBox placeholder={t("search")} className="w-88 max-md:w-full" />
      <SegmentedControl
        label={t("filter.label")}
        value={filter}
        options={productFilters.map((value) => ({
          value,
          label: t(`filter.${value}`),
          count: formatNumber(counts[value], locale),
        }))}
        onChoose={(chosen) => go({ filter: chosen === "all" ? null : chosen })}
      />
    </div>
  );
}
