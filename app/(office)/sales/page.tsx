import { BarChartIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { readStates } from "@/lib/orders/source-queries";
import { salesAddress } from "@/lib/sales/address";
import { loadSales, SALES_PAGE } from "@/lib/sales/load-sales";
import { SourceNotices } from "../orders/source-notices";
import { addressOf } from "./address-of";
import { ByChoice } from "./by-choice";
import { linelessWords } from "./lineless-words";
import { partLine } from "./part-line";
import { PartsTable } from "./parts-table";
import { PeriodBar } from "./period-bar";
import { SalesChart } from "./sales-chart";
import { SalesFigures } from "./sales-figures";
import { SalesTabs } from "./sales-tabs";
import { stepName } from "./step-name";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sales"))("title") };
}

export default async function SalesPage({ searchParams }: PageProps<"/sales">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  const address = salesAddress.parse(asked);
  const [sales, states] = await Promise.all([
    loadSales(db, caller, address, clock()),
    readStates(db, caller, address.store),
  ]);
  const t = translator(locale);
  const { period, step, totals, compared, points, parts, stale } = sales;
  const { store, by, page } = address;
  const reader = { t, locale, by, store, period, revenue: totals.revenue };
  const hasUnits = by === "product" || by === "category";
  const isEmpty = totals.orders + totals.cancelled + totals.returned === 0;
  const file = addressOf({ ...address, page: undefined });
  return (
    <Page messages={["common.pagination", "sales", "tables.download"]}>
      <PageHeader
        title={t("sales.title")}
        lead={t("sales.lead")}
        action={
          !isEmpty && (
            <DownloadMenu
              path="/sales/export"
              query={file}
              kinds={[
                { name: t("sales.file.parts"), what: "parts" },
                { name: t("sales.file.days"), what: "days" },
              ]}
            />
          )
        }
      />
      {asked.export === "wait" && <Notice tone="amber">{t("tables.download.wait")}</Notice>}
      <SalesTabs
        query={addressOf({ store, range: address.range, from: address.from, to: address.to })}
        withCosts={sees(caller, "view_product")}
      />
      <UrlStateProvider>
        <PeriodBar period={period} />
        <SourceNotices states={states} />
        {stale > 0 && (
          <Notice>{t("sales.stale", { count: stale, shown: formatNumber(stale, locale) })}</Notice>
        )}
        {isEmpty ? (
          <div className="rounded-lg border bg-surface">
            <EmptyState
              icon={<BarChartIcon />}
              title={t("sales.empty.title")}
              action={<ButtonLink href="/orders?tab=all">{t("sales.empty.act")}</ButtonLink>}
            >
              {t("sales.empty.text")}
            </EmptyState>
          </div>
        ) : (
          <>
            {totals.lineless > 0 && hasUnits && (
              <Notice>{t("sales.lineless", linelessWords(totals, locale))}</Notice>
            )}
            <SalesFigures totals={totals} compared={compared} behind={{ store, period }} />
            {compared?.isWithoutToday && (
              <p className="text-ink-faint text-sm">{t("sales.chart.withoutToday")}</p>
            )}
            <Panel title={t(`sales.chart.${step}`)}>
              <SalesChart
                points={points.map(({ day, ...point }) => ({
                  ...point,
                  name: stepName(day, step, locale),
                }))}
                names={{
                  revenue: t("sales.chart.revenue"),
                  orders: t("sales.chart.orders"),
                  before: t("sales.chart.before"),
                }}
              />
            </Panel>
            <Panel title={t("sales.parts.title")} aside={<ByChoice by={by} />}>
              <PartsTable
                lines={parts.rows.map((part) => partLine(reader, part))}
                hasUnits={hasUnits}
                hasOrders={by !== "category"}
                page={page}
                total={parts.total}
                pageSize={SALES_PAGE}
                empty={t("sales.parts.none")}
              />
            </Panel>
          </>
        )}
      </UrlStateProvider>
    </Page>
  );
}
