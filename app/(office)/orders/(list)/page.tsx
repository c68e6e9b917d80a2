import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { LiveRefresh } from "@/components/live-refresh";
import { LiveProgressLine } from "@/components/run-progress-line";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { cursorText, type OrderFilter, orderAddress } from "@/lib/orders/address";
import { ORDERS_PAGE } from "@/lib/orders/filter-model";
import { orderCities, ordersPage, tabCounts } from "@/lib/orders/list-queries";
import type { OrderTab } from "@/lib/orders/model";
import { SEARCH_DAYS } from "@/lib/orders/search-queries";
import { type ReadState, readStates } from "@/lib/orders/source-queries";
import { toProgress } from "@/lib/runs/model";
import { followedRuns } from "@/lib/runs/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { BehindFigure, isBehind } from "../behind-figure";
import { Lead } from "../lead";
import { NoOrders } from "../no-orders";
import { OrderFilters } from "../order-filters";
import { orderLine } from "../order-line";
import { OrderTabs } from "../order-tabs";
import { OrdersTable } from "../orders-table";
import { ReadNow } from "../read-now";
import { SourceNotices } from "../source-notices";

const LOOK_AGAIN_MS = 15_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders"))("title") };
}

/** What the address has really been understood as: that, and nothing else, goes into the file. */
const asAddress = (filter: OrderFilter) =>
  new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();

/** Of a guest's one store «all my own» would be none. */
const onlyOf = ([first, ...others]: readonly { id: string }[]) =>
  first && others.length === 0 ? first.id : null;

/** When the store that was read longest ago was last read whole; null: one never was. */
function oldest(states: readonly ReadState[]): Date | null {
  const times = states.map(({ lastWholeAt }) => lastWholeAt?.getTime() ?? 0);
  const [first = 0] = times.sort((one, other) => one - other);
  return first > 0 ? new Date(first) : null;
}

const shownCounts = (open: ReadonlyMap<OrderTab, number>, locale: Locale) =>
  Object.fromEntries([...open].map(([tab, count]) => [tab, formatNumber(count, locale)]));

export default async function OrdersPage({ searchParams }: PageProps<"/orders">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  const { before, ...filter } = orderAddress.parse(asked);
  const { timeZone } = await getWorkspace(db);
  const [{ rows, hasMore, isBounded }, counts, cities, states, underWay] = await Promise.all([
    ordersPage(db, caller, { filter, timeZone, before, limit: ORDERS_PAGE, now: clock() }),
    tabCounts(db, caller, filter.store),
    orderCities(db, caller, filter.store),
    readStates(db, caller, filter.store),
    followedRuns(db, caller, "under way"),
  ]);
  const t = translator(locale);
  const reading = underWay.filter(
    ({ kind, storeId }) =>
      kind === "orders" && (filter.store === undefined || storeId === filter.store),
  );
  const reader = { t, locale, severalStores: states.length > 1 && !filter.store };
  const last = rows.at(-1);
  const { q, city, from, to } = filter;
  const isNarrowed =
    q !== "" || isBehind(filter) || [city, from, to].some((one) => one !== undefined);
  return (
    <Page
      fill
      messages={["errors.no_connection", "orders", "runs.doing", "runs.sync", "tables.download"]}
    >
      <PageHeader
        title={t("orders.title")}
        lead={<Lead readAt={oldest(states)} />}
        action={
          <>
            {counts.hasAny && <DownloadMenu path="/orders/export" query={asAddress(filter)} />}
            {states.some(({ mayChange }) => mayChange) && (
              <ReadNow storeId={filter.store ?? onlyOf(states)} />
            )}
          </>
        }
      />
      {asked.export === "wait" && <Notice tone="amber">{t("orders.exportWait")}</Notice>}
      <SourceNotices states={states} />
      {reading.map((run) => (
        <LiveProgressLine key={run.id} run={toProgress(run)} />
      ))}
      <UrlStateProvider>
        {counts.hasAny && (
          <OrderTabs chosen={filter.tab} counts={shownCounts(counts.open, locale)} />
        )}
        {counts.hasAny && <OrderFilters cities={cities} />}
        {isBehind(filter) && <BehindFigure />}
        {isBounded && (
          <p className="text-ink-soft text-sm">{t("orders.searched", { days: SEARCH_DAYS })}</p>
        )}
        <OrdersTable
          lines={rows.map((row) => orderLine(row, reader))}
          next={hasMore && last ? cursorText(last) : null}
          empty={
            <NoOrders
              tab={filter.tab}
              isNarrowed={isNarrowed || before !== undefined}
              hasAny={counts.hasAny}
            />
          }
        />
      </UrlStateProvider>
      {!before && q === "" && <LiveRefresh everyMs={LOOK_AGAIN_MS} />}
    </Page>
  );
}
