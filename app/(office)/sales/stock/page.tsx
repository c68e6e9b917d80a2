import { CubeIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { readStates } from "@/lib/orders/source-queries";
import { VELOCITY_DAYS } from "@/lib/products/stock-pace-model";
import { stockAddress } from "@/lib/sales/address";
import { loadStock, STOCK_PAGE } from "@/lib/sales/load-stock";
import { SourceNotices } from "../../orders/source-notices";
import { addressOf } from "../address-of";
import { NoCosts } from "../no-costs";
import { SalesTabs } from "../sales-tabs";
import { stockLine } from "./stock-line";
import { StockTable } from "./stock-table";
import { StockViews } from "./stock-views";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sales.stock"))("title") };
}

export default async function StockPage({ searchParams }: PageProps<"/sales/stock">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  if (!sees(caller, "view_product")) return <NoCosts />;
  const address = stockAddress.parse(asked);
  const [{ rows, total }, states] = await Promise.all([
    loadStock(db, caller, address, clock()),
    readStates(db, caller, address.store),
  ]);
  const t = translator(locale);
  return (
    <Page messages={["common.pagination", "sales", "tables.download"]}>
      <PageHeader
        title={t("sales.stock.title")}
        lead={t("sales.stock.lead", { days: VELOCITY_DAYS })}
        action={
          total > 0 && (
            <DownloadMenu
              path="/sales/stock/export"
              query={addressOf({ ...address, page: undefined })}
            />
          )
        }
      />
      {asked.export === "wait" && <Notice tone="amber">{t("tables.download.wait")}</Notice>}
      <SalesTabs query={addressOf({ store: address.store })} withCosts />
      <SourceNotices states={states} />
      <UrlStateProvider>
        <StockViews view={address.view} />
        <StockTable
          lines={rows.map((row) => stockLine(row, { t, locale }))}
          page={address.page}
          total={total}
          pageSize={STOCK_PAGE}
          empty={
            <EmptyState icon={<CubeIcon />} title={t(`sales.stock.empty.${address.view}`)}>
              {t("sales.stock.emptyText")}
            </EmptyState>
          }
        />
      </UrlStateProvider>
    </Page>
  );
}
