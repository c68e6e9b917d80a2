import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import type { RunProfit } from "@/lib/ledger/run-profit";
import type { PricingRunView, RunTotals } from "@/lib/ledger/run-queries";
import { ProfitFact } from "./profit-fact";

type Props = { run: PricingRunView; totals: RunTotals; profit: RunProfit | null };

/** What the check has done to prices, in numbers. */
export function TotalsPanel({ run, totals, profit }: Props) {
  const t = useTranslations("ledger.run.totals");
  const locale = useLocale();
  const number = (count: number) => formatNumber(count, locale);
  const percent = (tenths: number | null) =>
    tenths === null ? "" : formatPercent(Math.abs(tenths) / 10, locale);
  const moved = (count: number, by: number | null) =>
    t("upText", { count, shown: number(count), percent: percent(by) });
  const { up, down, upBy, downBy, confirmed, waiting, failed } = totals;
  const asked = totals.held + run.frozen;
  return (
    <Panel title={t("title")}>
      {up + down === 0 && <p className="text-ink-soft">{t(asked > 0 ? "noneYet" : "none")}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {up > 0 && <Fact label={t("up")}>{moved(up, upBy)}</Fact>}
        {down > 0 && <Fact label={t("down")}>{moved(down, downBy)}</Fact>}
        {confirmed > 0 && <Fact label={t("confirmed")}>{number(confirmed)}</Fact>}
        {waiting > 0 && <Fact label={t("waiting")}>{number(waiting)}</Fact>}
        {failed > 0 && (
          <Fact label={t("failed")}>
            <span className="text-red">{number(failed)}</span>
          </Fact>
        )}
        {totals.replaced > 0 && <Fact label={t("replaced")}>{number(totals.replaced)}</Fact>}
        {asked > 0 && (
          <Fact label={t("frozen")}>
            <Link
              href={`/approvals?store=${run.storeId}`}
              className="text-amber underline underline-offset-2"
            >
              {number(asked)}
            </Link>
          </Fact>
        )}
      </dl>
      {profit && <ProfitFact profit={profit} withHeld={totals.held > 0} />}
    </Panel>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
