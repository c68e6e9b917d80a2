import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { RateTariff } from "@/lib/costs/model";
import { formatPercent } from "@/lib/i18n/money";
import { DatedList } from "./dated-list";
import { RateForm } from "./rate-form";
import { type PanelProps, tariffLines } from "./tariff-line";

type Props = PanelProps & { kind: "kaspi_pay" | "tax" };

/** One rate for all products, from day to day. */
export function RatePanel({ kind, tariffs, storeId, today, mayWrite }: Props) {
  const t = useTranslations("costs.page");
  const locale = useLocale();
  const own = tariffs.filter((tariff): tariff is RateTariff => tariff.kind === kind);
  const lines = tariffLines(own, today, locale, ({ value }) =>
    formatPercent(value.rate / 100, locale),
  );
  return (
    <Panel title={t(`kind.${kind}`)}>
      <p className="text-ink-soft text-sm">{t(`about.${kind}`)}</p>
      <DatedList lines={lines} mayWrite={mayWrite} />
      {mayWrite && <RateForm kind={kind} storeId={storeId} today={today} />}
    </Panel>
  );
}
