import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { RateTariff } from "@/lib/costs/model";
import type { CategoryPresent } from "@/lib/costs/tariff-queries";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import { CommissionForm } from "./commission-form";
import { type CommissionRow, CommissionTable } from "./commission-table";
import { DatedList } from "./dated-list";
import { countingOn, type PanelProps, tariffLines } from "./tariff-line";

type Props = PanelProps & { categories: readonly CategoryPresent[] };

/** The commission of every category that there are products of, and one for all others. */
export function CommissionPanel({ tariffs, categories, storeId, today, mayWrite }: Props) {
  const t = useTranslations("costs.page");
  const locale = useLocale();
  const own = tariffs.filter((tariff): tariff is RateTariff => tariff.kind === "commission");
  const percent = (rate: number) => formatPercent(rate / 100, locale);
  const name = (category: string) => (category === "" ? t("otherCategories") : category);
  const present = new Map(categories.map(({ category, products }) => [category, products]));
  // Also the ones that are set although no product is in them any more.
  const all = new Set([...present.keys(), ...own.map(({ category }) => category)].filter(Boolean));
  const rateOf = (category: string) => {
    const counting = countingOn(
      own.filter((one) => one.category === category),
      today,
    );
    return counting ? percent(counting.value.rate) : null;
  };
  const general = rateOf("");
  const rows: CommissionRow[] = [...all, ""].map((category) => {
    const now = rateOf(category);
    return {
      category,
      name: name(category),
      products: category === "" ? "" : formatNumber(present.get(category) ?? 0, locale),
      now: now ?? (general && t("general", { rate: general })),
    };
  });
  const lines = tariffLines(
    own,
    today,
    locale,
    ({ category, value }) => `${name(category)}: ${percent(value.rate)}`,
  );
  return (
    <Panel title={t("kind.commission")}>
      <p className="text-ink-soft text-sm">{t("about.commission")}</p>
      {mayWrite ? (
        <CommissionForm rows={rows} storeId={storeId} today={today} />
      ) : (
        <CommissionTable rows={rows} />
      )}
      {lines.length > 0 && (
        <details>
          <summary className="cursor-pointer text-ink-soft text-sm">{t("allDates")}</summary>
          <DatedList lines={lines} mayWrite={mayWrite} />
        </details>
      )}
    </Panel>
  );
}
