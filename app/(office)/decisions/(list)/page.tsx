import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { reasonNames } from "@/components/repricing/reason-names";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { cursorText, type LedgerQuery, ledgerAddress } from "@/lib/ledger/address";
import { LEDGER_PAGE } from "@/lib/ledger/filter-model";
import { ledgerPage } from "@/lib/ledger/queries";
import { atItsTime, sendTimes } from "@/lib/repricing/send/send-times";
import { listStoreNames } from "@/lib/stores/queries";
import { DecisionsHeader } from "../decisions-header";
import { ExportMenu } from "../export-menu";
import { LedgerFilters } from "../ledger-filters";
import { ledgerLine } from "../ledger-line";
import { LedgerTable } from "../ledger-table";
import { NoDecisions } from "../no-decisions";

const LOOK_AGAIN_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ledger"))("title") };
}

/** What the address has really been understood as: that, and nothing else, goes into the file. */
const asAddress = (query: LedgerQuery) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();

export default async function DecisionsPage({ searchParams }: PageProps<"/decisions">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  const now = clock();
  const { before, ...query } = ledgerAddress.parse(asked);
  const [{ entries, hasMore }, stores] = await Promise.all([
    ledgerPage(db, caller, { query, before, now, limit: LEDGER_PAGE }),
    listStoreNames(db, caller),
  ]);
  const times = await sendTimes(db, entries, now);
  const t = translator(locale);
  const reader = { t, locale, severalStores: stores.length > 1 && !query.store };
  const last = entries.at(-1);
  const address = asAddress(query);
  return (
    <Page
      fill
      messages={[
        "ledger",
        "products.product.delivery",
        "products.product.history",
        "products.product.market",
        "products.product.price",
        "products.row",
      ]}
    >
      <DecisionsHeader lead="lead" store={query.store} action={<ExportMenu query={address} />} />
      {asked.export === "wait" && <Notice tone="amber">{t("ledger.export.wait")}</Notice>}
      <UrlStateProvider>
        <LedgerFilters reasons={reasonNames(t)} />
        <LedgerTable
          lines={entries.map((entry) => ledgerLine(atItsTime(entry, times), reader))}
          next={hasMore && last ? cursorText(last) : null}
          empty={
            <NoDecisions
              isNarrowed={before !== undefined || address.replace(/^store=[^&]*$/, "") !== ""}
            />
          }
        />
      </UrlStateProvider>
      {!before && <LiveRefresh everyMs={LOOK_AGAIN_MS} />}
    </Page>
  );
}
