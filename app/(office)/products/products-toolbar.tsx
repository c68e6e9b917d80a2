"use client";

import { useLocale, useTranslations } from "next-intl";
import { SearchBox } from "@/components/ui/search-box";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrlState } from "@/components/ui/url-state";
import { formatNumber } from "@/lib/i18n/money";
import {
  type FilterCounts,
  type OptionalColumn,
  type ProductFilter,
  productFilters,
} from "@/lib/products/filter-model";
import { ColumnsMenu } from "./columns-menu";
import { NarrowChips } from "./narrow-chips";
import { type NamedFacets, NarrowPanel } from "./narrow-panel";
import { WatchChips } from "./watch-chips";

type Props = {
  filter: ProductFilter;
  counts: FilterCounts;
  facets: NamedFacets;
  hidden: readonly OptionalColumn[];
  onColumns: (hidden: OptionalColumn[]) => void;
};

export function ProductsToolbar({ filter, counts, facets, hidden, onColumns }: Props) {
  const t = useTranslations("products");
  const locale = useLocale();
  const { go } = useUrlState();
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex w-full flex-wrap items-center gap-2">
        <SearchBox placeholder={t("search")} className="w-80 max-md:w-full" />
        <NarrowPanel facets={facets} />
        <WatchChips />
        <NarrowChips facets={facets} />
        <div className="max-md:hidden md:ml-auto">
          <ColumnsMenu hidden={hidden} onChange={onColumns} />
        </div>
      </div>
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
