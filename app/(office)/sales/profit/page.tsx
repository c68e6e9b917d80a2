import { BarChartIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { readStates } from "@/lib/orders/source-queries";
import { profitAddress } from "@/lib/sales/address";
import { loadProfit, PROFIT_PAGE } from "@/lib/sales/load-profit";
import { SourceNotices } from "../../orders/source-notices";
import { addressOf } from "../address-of";
import { linelessWords } from "../lineless-words";
import { NoCosts } from "../no-costs";
import { PeriodBar } from "../period-bar";
import { SalesTabs } from "../sales-tabs";
import { ProfitFigures } from "./profit-figures";
import { ProfitFilters } from "./profit-filters";
import { profitLine } from "./profit-line";
import { ProfitTable } from "./profit-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sales.profit"))("title") };
}

export default async function ProfitPage({ searchParams }: PageProps<"/sales/profit">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  if (!sees(caller, "view_product")) return <NoCosts />;
  const address = profitAddress.parse(asked);
  const t = translator(locale);
  const [figures, states] = await Promise.all([
    loadProfit(db, caller, address, clock()),
    readStates(db, caller, address.store),
  ]);
  const { period, totals, compared, lineless, rows, total, stale } = figures;
  const unknown = totals.revenue - totals.knownRevenue;
  const { store, range, from, to, page } = address;
  const file = addressOf({ ...address, page: undefined });
  return (
    <Page messages={["common.pagination", "sales", "tables.download"]}>
      <PageHeader
        title={t("sales.profit.title")}
        lead={t("sales.profit.lead")}
        action={totals.revenue > 0 && <DownloadMenu path="/sales/profit/export" query={file} />}
      />
      {asked.export === "wait" && <Notice tone="amber">{t("tables.download.wait")}</Notice>}
      <SalesTabs query={addressOf({ store, range, from, to })} withCosts />
      <UrlStateProvider>
        <PeriodBar period={period} />
        <SourceNotices states={states} />
        {stale > 0 && (
          <Notice>{t("sales.stale", { count: stale, shown: formatNumber(stale, locale) })}</Notice>
        )}
        {lineless.orders > 0 && (
          <Notice tone="amber">
            {t(
              "sales.lineless",
              linelessWords({ lineless: lineless.orders, linelessSum: lineless.sum }, locale),
            )}
          </Notice>
        )}
        {unknown > 0 && (
          <Notice
            tone="amber"
            title={t("sales.profit.unknown", { sum: formatMoney(unknown, locale) })}
          >
            {t("sales.profit.unknownText")}{" "}
            <Link href="/products/costs" className="text-blue underline underline-offset-2">
              {t("sales.profit.toCosts")}
            </Link>
            {", "}
            <Link href="/settings/tariffs" className="text-blue underline underline-offset-2">
              {t("sales.profit.toTariffs")}
            </Link>
          </Notice>
        )}
        <ProfitFigures totals={totals} compared={compared} />
        <ProfitFilters view={address.view} sort={address.sort} />
        <ProfitTable
          lines={rows.map((row) => profitLine(row, { t, locale, period }))}
          page={page}
          total={total}
          pageSize={PROFIT_PAGE}
          empty={
            <EmptyState
              icon={<BarChartIcon />}
              title={t("sales.profit.empty")}
              action={<ButtonLink href="/sales">{t("sales.profit.toSales")}</ButtonLink>}
            >
              {t("sales.profit.emptyText")}
            </EmptyState>
          }
        />
      </UrlStateProvider>
    </Page>
  );
}
