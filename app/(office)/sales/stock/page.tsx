import { CubeIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { VELOCITY_DAYS } from "@/lib/products/stock-pace-model";
import { stockAddress } from "@/lib/sales/address";
import { loadStock, STOCK_PAGE } from "@/lib/sales/load-stock";
import { addressOf } from "../address-of";
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
  const address = stockAddress.parse(asked);
  const { rows, total } = await loadStock(db, caller, address, clock());
  const t = translator(locale);
  return (
    <Page messages={["common.pagination", "sales"]}>
      <PageHeader
        title={t("sales.stock.title")}
        lead={t("sales.stock.lead", { days: VELOCITY_DAYS })}
      />
      <SalesTabs query={addressOf({ store: address.store })} />
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
