import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { productListSchema } from "@/lib/products/model";
import { listProducts } from "@/lib/products/list-queries";
import { latestRuns } from "@/lib/runs/queries";
import { listStoreNames } from "@/lib/stores/queries";
import { NoProducts } from "./no-products";
import { productLine } from "./product-line";
import { ProductsTable } from "./products-table";
import { ProductsToolbar } from "./products-toolbar";

const LOOK_AGAIN_MS = 7_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products"))("title") };
}

export default async function ProductsPage({ searchParams }: PageProps<"/products">) {
  const [caller, asked, locale, t] = await Promise.all([
    pageCaller(),
    searchParams,
    getLocale(),
    getTranslations("products"),
  ]);
  const { db } = kaspiAccess();
  const query = productListSchema.parse(asked);
  const [{ rows, counts, total, page }, stores] = await Promise.all([
    listProducts(db, caller, query),
    listStoreNames(db, caller),
  ]);
  const number = (count: number) => formatNumber(count, locale);

  if (counts.all === 0 && !query.q) {
    const shown = stores.filter(({ id }) => !query.store || id === query.store);
    const runs = await latestRuns(
      db,
      shown.map(({ id }) => id),
    );
    return (
      <Page>
        <PageHeader title={t("title")} />
        <NoProducts hasStores={stores.length > 0} runs={runs} />
      </Page>
    );
  }
  const lead = query.q
    ? t("leadFound", { count: counts.all, total: number(counts.all) })
    : t("lead", { bots: number(counts.bot_on), total: number(counts.all) });
  const reader = {
    t: translator(locale),
    locale,
    severalStores: stores.length > 1 && !query.store,
  };
  return (
    <Page fill>
      <PageHeader title={t("title")} lead={lead} />
      <UrlStateProvider>
        <ProductsToolbar filter={query.filter} counts={counts} />
        <ProductsTable
          lines={rows.map((row) => productLine(row, reader))}
          page={page}
          total={total}
        />
      </UrlStateProvider>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
