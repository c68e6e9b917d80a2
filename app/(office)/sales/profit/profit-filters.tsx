"use client";

import { useTranslations } from "next-intl";
import { SearchBox } from "@/components/ui/search-box";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import {
  type ProductSort,
  type ProfitView,
  productSorts,
  profitViews,
} from "@/lib/sales/product-model";

/** Which products, in which order. */
export function ProfitFilters({ view, sort }: { view: ProfitView; sort: ProductSort }) {
  const t = useTranslations("sales.profit");
  const { go } = useUrlState();
  return (
    <div className="flex w-full flex-wrap items-center gap-2">
      <SegmentedControl
        label={t("view.label")}
        value={view}
        options={profitViews.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChoose={(value) => go({ view: value === "all" ? null : value, page: null })}
      />
      <SearchBox placeholder={t("search")} className="w-72 max-md:w-full" />
      <Select
        aria-label={t("sort.label")}
        value={sort}
        options={productSorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
        onChange={({ target }) => go({ sort: target.value, page: null })}
      />
    </div>
  );
}
