import type { Metadata } from "next";
import Link from "next/link";
import { getLocale } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { ProgressLine } from "@/components/progress-line";
import { BackLink } from "@/components/ui/back-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { cursorText, ledgerAddress, ledgerSchema } from "@/lib/ledger/address";
import { LEDGER_PAGE } from "@/lib/ledger/filter-model";
import { ledgerPage } from "@/lib/ledger/queries";
import { runProfit } from "@/lib/ledger/run-profit";
import { runTotals, undoneBy } from "@/lib/ledger/run-queries";
import { undoItemsOf } from "@/lib/repricing/undo/undo-item-queries";
import { ledgerLine } from "../../ledger-line";
import { LedgerTable } from "../../ledger-table";
import { ResumeBots } from "../../undo/resume-bots";
import { UndoItems } from "../../undo/undo-items";
import { undoWhyText } from "../../undo/undo-why-text";
import { UndoButton } from "../../undo/undo-window";
import { triggerText } from "../run-line";
import { FactsPanel } from "./facts-panel";
import { loadPricingRun } from "./load-pricing-run";
import { TotalsPanel } from "./totals-panel";

const LOOK_AGAIN_MS = 5_000;

type Props = PageProps<"/decisions/runs/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { trigger } = await loadPricingRun((await params).id);
  const t = translator(await getLocale());
  return { title: t(trigger === "undo" ? "ledger.run.titleUndo" : "ledger.run.title") };
}

export default async function PricingRunPage({ params, searchParams }: Props) {
  const run = await loadPricingRun((await params).id);
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  const { db, clock } = kaspiAccess();
  const { before } = ledgerAddress.parse(asked);
  const query = ledgerSchema.parse({ run: run.id, kind: "change" });
  const isUndo = run.trigger === "undo";
  const [totals, profit, { entries, hasMore }, undone, items] = await Promise.all([
    runTotals(db, run.id),
    runProfit(db, run.id, clock()),
    ledgerPage(db, caller, { query, before, now: clock(), limit: LEDGER_PAGE }),
    undoneBy(db, run.id),
    isUndo ? undoItemsOf(db, caller, run.id) : [],
  ]);
  const t = translator(locale);
  const last = entries.at(-1);
  const { confirmed, waiting } = totals;
  const hasLeft = confirmed + waiting > 0;
  const mayUndo = run.isWritable && run.finishedAt !== null && !run.dryRun && hasLeft;
  return (
    <Page
      messages={[
        "ledger",
        "products.product.delivery",
        "products.product.history",
        "products.product.market",
        "products.product.price",
        "products.row",
      ]}
    >
      <div className="flex flex-col gap-2">
        <BackLink href="/decisions/runs">{t("ledger.run.back")}</BackLink>
        <PageHeader
          title={t(isUndo ? "ledger.run.titleUndo" : "ledger.run.title")}
          lead={run.storeName}
          action={
            <>
              {isUndo && run.isWritable && <ResumeBots runId={run.id} />}
              {mayUndo && (
                <UndoButton target={{ runId: run.id }} label={isUndo ? "buttonUndo" : "button"} />
              )}
            </>
          }
        />
      </div>
      {isUndo && waiting > 0 && (
        <div className="rounded-lg border bg-surface px-4 py-3">
          <ProgressLine
            what={t("ledger.undo.progress")}
            done={confirmed}
            total={confirmed + waiting}
            startedAt={run.startedAt}
          />
        </div>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <TotalsPanel run={run} totals={totals} profit={profit} />
        <FactsPanel run={run} trigger={triggerText(t, run)} undoneBy={undone} />
      </div>
      {items.length > 0 && (
        <UndoItems
          items={items.map(({ undoneId, productId, name, price, priceBefore, outcome, why }) => ({
            undoneId,
            productId,
            name,
            price,
            priceBefore,
            fate: why ? undoWhyText(t, locale, why) : t(`ledger.undo.outcome.${outcome}`),
          }))}
        />
      )}
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold text-lg">{t("ledger.run.changes")}</h2>
        <Link href={`/decisions?run=${run.id}`} className="text-blue text-sm hover:underline">
          {t("ledger.run.changesAll")}
        </Link>
      </div>
      <UrlStateProvider>
        <LedgerTable
          lines={entries.map((entry) => ledgerLine(entry, { t, locale, severalStores: false }))}
          next={hasMore && last ? cursorText(last) : null}
          empty={<EmptyState title={t("ledger.run.totals.none")} />}
        />
      </UrlStateProvider>
      {!before && <LiveRefresh everyMs={LOOK_AGAIN_MS} />}
    </Page>
  );
}
