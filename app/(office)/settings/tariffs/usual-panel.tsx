import { useLocale, useTranslations } from "next-intl";
import { costFields, costTexts } from "@/components/costs/cost-fields";
import { Panel } from "@/components/panel";
import type { UsualTariff } from "@/lib/costs/model";
import { formatMoney, formatNumber, formatPercent } from "@/lib/i18n/money";
import { DatedList } from "./dated-list";
import { countingOn, type PanelProps, tariffLines } from "./tariff-line";
import { UsualForm } from "./usual-form";

/** Expenses of every product that says nothing of its own. */
export function UsualPanel({ tariffs, storeId, today, mayWrite }: PanelProps) {
  const t = useTranslations("costs.page");
  const tInput = useTranslations("costs.input");
  const locale = useLocale();
  const own = tariffs.filter((tariff): tariff is UsualTariff => tariff.kind === "usual");
  const texts = (tariff: UsualTariff | undefined) =>
    costTexts(tariff ? { cost: null, ...tariff.value } : null);
  const lines = tariffLines(own, today, locale, (tariff) => {
    const values = texts(tariff);
    const said = costFields.filter((name) => values[name] !== "");
    const shown = (name: (typeof said)[number]) => {
      if (name === "delivery") return tInput(`delivery.${values.delivery as "city"}`);
      const value = Number(values[name]);
      if (name === "minMargin") return formatPercent(value, locale);
      if (name === "weightGrams") return `${formatNumber(value, locale)}\u202f${tInput("grams")}`;
      return formatMoney(value, locale);
    };
    return said.map((name) => `${tInput(`label.${name}`)}: ${shown(name)}`).join(", ");
  });
  const now = countingOn(own, today);
  return (
    <Panel title={t("kind.usual")}>
      <p className="text-ink-soft text-sm">{t("about.usual")}</p>
      <DatedList lines={lines} mayWrite={mayWrite} />
      {mayWrite && <UsualForm storeId={storeId} today={today} values={texts(now)} />}
    </Panel>
  );
}
