import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { preorderAddress } from "@/lib/preorders/address";
import { openPointsOf } from "@/lib/preorders/change-queries";
import { exportedStores } from "@/lib/preorders/export-queries";
import { preorderStats, preordersPage } from "@/lib/preorders/queries";
import { listStoreNames } from "@/lib/stores/queries";
import { excelRefusal } from "../excel-refusal";
import { ExcelWindow } from "../excel-window";
import { NoPreorders } from "../no-preorders";
import { PreorderFilters } from "../preorder-filters";
import { preorderLine } from "../preorder-line";
import { PreorderStats } from "../preorder-stats";
import { PreordersTable } from "../preorders-table";

const LOOK_AGAIN_MS = 5_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("preorders"))("title") };
}

export default async function PreordersPage({ searchParams }: PageProps<"/preorders">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db } = kaspiAccess();
  const query = preorderAddress.parse(asked);
  const [stats, { total, rows }, stores, withFiles] = await Promise.all([
    preorderStats(db, caller, query.store),
    preordersPage(db, caller, query),
    listStoreNames(db, caller),
    exportedStores(db, caller),
  ]);
  const points = await openPointsOf(db, [...new Set(rows.map(({ storeId }) => storeId))]);
  const t = translator(locale);
  const severalStores = stores.length > 1 && !query.store;
  const isNarrowed = query.q !== "" || query.days !== undefined || query.status !== "open";
  const { draft, sent, active, cancelled, completed } = stats;
  const hasAny = draft + sent + active + cancelled + completed > 0;
  const refusal = excelRefusal(t, asked);
  const products = query.store ? `/products?store=${query.store}` : "/products";
  return (
    <Page fill messages={["errors.no_connection", "list.select", "preorders"]}>
      <PageHeader
        title={t("preorders.title")}
        lead={t("preorders.lead")}
        action={
          <>
            {withFiles.length > 0 && <ExcelWindow stores={withFiles} chosen={query.store} />}
            <ButtonLink href={products} look="primary">
              {t("preorders.act.choose")}
            </ButtonLink>
          </>
        }
      />
      {refusal && <Notice tone="amber">{refusal}</Notice>}
      <UrlStateProvider>
        {hasAny && <PreorderStats stats={stats} />}
        {hasAny && <PreorderFilters />}
        <PreordersTable
          lines={rows.map((row) => preorderLine(row, { t, locale, severalStores, points }))}
          page={query.page}
          total={total}
          empty={<NoPreorders isNarrowed={isNarrowed && hasAny} products={products} />}
        />
      </UrlStateProvider>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
