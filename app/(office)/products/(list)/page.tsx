import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { DownloadMenu } from "@/components/download-menu";
import { LiveRefresh } from "@/components/live-refresh";
import { buttonLook } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { DAY, later } from "@/lib/core/time";
import { marginsOf } from "@/lib/costs/margins";
import { kaspiAccess } from "@/lib/exits/access";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { countedLately, forgetCounts } from "@/lib/products/counts-cache";
import { columnsCookie, hiddenColumns } from "@/lib/products/filter-model";
import { listProducts } from "@/lib/products/list-queries";
import { countLoosened } from "@/lib/products/loosen-queries";
import { type ProductListQuery, productListSchema } from "@/lib/products/model";
import { lastBulk } from "@/lib/repricing/bulk/bulk-queries";
import { sendTimes } from "@/lib/repricing/send/send-times";
import { merchantNames } from "@/lib/rivals/name-queries";
import { latestSyncs, type Run } from "@/lib/runs/queries";
import { listStoreNames } from "@/lib/stores/queries";
import { BulkOutcome } from "../bulk/bulk-outcome";
import { bulkSeenCookie } from "../bulk/bulk-seen";
import { bulkNews } from "../bulk/bulk-words";
import { namedFacets } from "../named-facets";
import { NoProducts } from "../no-products";
import { productLine } from "../product-line";
import { ProductsList } from "../products-list";
import { SelectionProvider } from "../selection";

const LOOK_AGAIN_MS = 7_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products"))("title") };
}

/** Until just now many products were changing: counts from before it would contradict the page. */
const isMoving = ({ finishedAt }: Run, now: Date) =>
  finishedAt === null || now.getTime() - finishedAt.getTime() < LOOK_AGAIN_MS;

/** Nothing found is not the same as nothing there. */
const isNarrowed = (query: ProductListQuery) => {
  const { q, place, watch, today, reason, category, rival, from, to } = query;
  return Boolean(q || place || watch || today || reason || category || rival || from || to);
};

/** Why the file that a link has asked for did not come. */
const exportOutcome = z.enum(["wait", "many"]).optional().catch(undefined);

/** What the page shows, as the address of its file. */
const addressOf = ({ page: _page, ...query }: ProductListQuery) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  ).toString();

export default async function ProductsPage({ searchParams }: PageProps<"/products">) {
  const [caller, asked, locale, t, tNav, tTables] = await Promise.all([
    pageCaller(),
    searchParams,
    getLocale(),
    getTranslations("products"),
    getTranslations("common.nav"),
    getTranslations("tables"),
  ]);
  const { db, clock } = kaspiAccess();
  const now = clock();
  const query = productListSchema.parse(asked);
  const exported = exportOutcome.parse(asked.export);
  const bulk = await lastBulk(db, caller, later(now, -DAY));
  if (bulk && isMoving(bulk.run, now)) forgetCounts(caller);
  const [{ counts, facets }, stores, jar] = await Promise.all([
    countedLately(db, caller, query, now),
    listStoreNames(db, caller),
    cookies(),
  ]);
  const number = (count: number) => formatNumber(count, locale);

  if (counts.all === 0 && !isNarrowed(query)) {
    const shown = stores.filter(({ id }) => !query.store || id === query.store);
    const runs = await latestSyncs(
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
  const rivalName = query.rival
    ? ((await merchantNames(db, [query.rival])).get(query.rival) ?? null)
    : null;
  const { rows, total, page } = await listProducts(db, caller, query, now, counts);
  const loosened = total === 0 ? await countLoosened(db, caller, query, now) : [];
  const lead = query.q
    ? t("leadFound", { count: counts.all, total: number(counts.all) })
    : t("lead", { bots: number(counts.bot_on), total: number(counts.all) });
  const [margins, times] = await Promise.all([
    marginsOf(db, rows, now),
    sendTimes(
      db,
      rows.map(({ lastDecision }) => lastDecision),
      now,
    ),
  ]);
  const reader = {
    margins,
    times,
    t: translator(locale),
    locale,
    severalStores: stores.length > 1 && !query.store,
  };
  const { sort: _sort, page: _page, ...choice } = query;
  return (
    <Page
      fill
      messages={[
        "list",
        "overview.watch",
        "preorders.done",
        "preorders.form",
        "preorders.left",
        "products.columns",
        "products.empty.nothingFound",
        "products.filter",
        "products.row",
        "products.search",
        "products.standing",
        "products.table",
        "rule",
        "tables.download",
      ]}
    >
      <PageHeader
        title={t("title")}
        lead={lead}
        action={
          <>
            {/* The bar under the thumb has no room for these. */}
            {(["/preorders", "/price-list"] as const).map((path) => (
              <Link
                key={path}
                href={query.store ? `${path}?store=${query.store}` : path}
                className={cn(buttonLook({}), "h-9 md:hidden")}
              >
                {tNav(path === "/preorders" ? "preorders" : "priceList")}
              </Link>
            ))}
            <Link
              href={query.store ? `/products/costs?store=${query.store}` : "/products/costs"}
              className={cn(buttonLook({}), "h-9 max-md:hidden")}
            >
              {t("toCosts")}
            </Link>
            <Link
              href={query.store ? `/products/import?store=${query.store}` : "/products/import"}
              className={cn(buttonLook({}), "h-9")}
            >
              {tTables("import.link")}
            </Link>
            <DownloadMenu path="/products/export" query={addressOf(query)} isTwoWay />
          </>
        }
      />
      {exported && <Notice tone="amber">{tTables(`download.${exported}`)}</Notice>}
      {bulk && bulk.run.id !== jar.get(bulkSeenCookie)?.value && (
        <BulkOutcome key={bulk.run.id} news={bulkNews(reader.t, locale, bulk)} />
      )}
      <UrlStateProvider>
        <SelectionProvider of={JSON.stringify(choice)} total={total}>
          <ProductsList
            choice={choice}
            counts={counts}
            facets={namedFacets(reader.t, facets, rivalName)}
            hiddenAtFirst={hiddenColumns(jar.get(columnsCookie)?.value)}
            lines={rows.map((row) => productLine(row, reader))}
            loosened={loosened}
            page={page}
            total={total}
          />
        </SelectionProvider>
      </UrlStateProvider>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
