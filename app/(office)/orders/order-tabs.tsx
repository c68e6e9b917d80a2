"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { UrlLink } from "@/components/ui/url-link";
import { type TabFilter, tabFilters } from "@/lib/orders/filter-model";

type Props = {
  chosen: TabFilter;
  /** How many stand in each, in words; those with none and the archive have no number. */
  counts: Partial<Record<TabFilter, string>>;
};

/** What is in none of Kaspi's tabs has one only while there is any. */
const isShown = (counts: Props["counts"], chosen: TabFilter) => (tab: TabFilter) =>
  tab !== "other" || tab === chosen || counts.other !== undefined;

/** The tabs of Kaspi's cabinet, with how many orders stand in each; what narrows the list stays. */
export function OrderTabs({ chosen, counts }: Props) {
  const t = useTranslations("orders");
  return (
    <nav aria-label={t("tabs")} className="-mb-px flex shrink-0 gap-4 overflow-x-auto border-b">
      {tabFilters.filter(isShown(counts, chosen)).map((tab) => (
        <UrlLink
          key={tab}
          patch={{ tab: tab === "new" ? null : tab }}
          aria-current={tab === chosen ? "page" : undefined}
          className={cn(
            "flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 text-ink-soft outline-offset-[-2px] hover:text-ink pointer-coarse:h-11",
            tab === chosen && "border-blue font-medium text-ink",
          )}
        >
          {t(`tab.${tab}`)}
          {counts[tab] && <span className="text-ink-faint text-sm">{counts[tab]}</span>}
        </UrlLink>
      ))}
    </nav>
  );
}
