import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { Page } from "@/components/ui/page";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { RUNS_PAGE } from "@/lib/ledger/filter-model";
import { pricingRunsAddress, runsCursorText } from "@/lib/ledger/run-address";
import { pricingRunsPage } from "@/lib/ledger/run-queries";
import { listStoreNames } from "@/lib/stores/queries";
import { DecisionsHeader } from "../../decisions-header";
import { pricingRunLine } from "../run-line";
import { RunsTable } from "../runs-table";

const LOOK_AGAIN_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: `${t("title")}: ${t("views.runs")}` };
}

export default async function PricingRunsPage({ searchParams }: PageProps<"/decisions/runs">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db } = kaspiAccess();
  const { store, show, before } = pricingRunsAddress.parse(asked);
  const [{ runs, hasMore }, stores] = await Promise.all([
    pricingRunsPage(db, caller, { store, all: show === "all", before, limit: RUNS_PAGE }),
    listStoreNames(db, caller),
  ]);
  const severalStores = stores.length > 1 && !store;
  const reader = { t: translator(locale), locale, severalStores };
  const last = runs.at(-1);
  return (
    <Page fill messages={["ledger.newestFirst", "ledger.runs"]}>
      <DecisionsHeader lead="runs.lead" store={store} />
      <UrlStateProvider>
        <RunsTable
          lines={runs.map((run) => pricingRunLine(run, reader))}
          show={show}
          next={hasMore && last ? runsCursorText(last) : null}
          severalStores={severalStores}
        />
      </UrlStateProvider>
      {!before && <LiveRefresh everyMs={LOOK_AGAIN_MS} />}
    </Page>
  );
}
