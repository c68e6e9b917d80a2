import { CheckCircledIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { countApprovals, frozenDecisions } from "@/lib/ledger/approval-queries";
import { APPROVALS_SHOWN } from "@/lib/ledger/filter-model";
import { overviewSchema } from "@/lib/overview/model";
import { heldDecisions, openHolds } from "@/lib/repricing/hold/hold-queries";
import { knownMerchants, listStoreNames } from "@/lib/stores/queries";
import { approvalLine } from "./approval-line";
import { ApprovalsTable } from "./approvals-table";
import { HeldPanel } from "./held-panel";

const LOOK_AGAIN_MS = 5_000;
const HELD_SHOWN = 5;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("approvals"))("title") };
}

export default async function ApprovalsPage({ searchParams }: PageProps<"/approvals">) {
  const [caller, asked, locale, t] = await Promise.all([
    pageCaller(),
    searchParams,
    getLocale(),
    getTranslations("approvals"),
  ]);
  const { db, clock } = kaspiAccess();
  const { store } = overviewSchema.parse(asked);
  const [rows, counts, holds, stores, known] = await Promise.all([
    frozenDecisions(db, caller, { store, now: clock(), limit: APPROVALS_SHOWN }),
    countApprovals(db, caller, store),
    openHolds(db, caller),
    listStoreNames(db, caller),
    knownMerchants(db, caller),
  ]);
  const held = await Promise.all(
    holds
      .filter(({ storeId }) => !store || storeId === store)
      .map(async (hold) => ({
        hold,
        rows: await heldDecisions(db, caller, hold.id, { limit: HELD_SHOWN }),
      })),
  );
  const reader = {
    t: translator(locale),
    locale,
    severalStores: stores.length > 1 && !store,
    knownMerchants: known,
  };
  const isQuiet = held.length === 0 && rows.length === 0;
  return (
    <Page messages={["approvals", "list.select"]}>
      <PageHeader title={t("title")} lead={t("lead")} />
      {isQuiet && (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<CheckCircledIcon />}
            title={t("none.title")}
            action={<ButtonLink href="/decisions">{t("none.act")}</ButtonLink>}
          >
            {t("none.text")}
          </EmptyState>
        </div>
      )}
      {held.map((one) => (
        <HeldPanel key={one.hold.id} {...one} />
      ))}
      <UrlStateProvider>
        <ApprovalsTable
          lines={rows.map((row) => approvalLine(row, reader))}
          total={counts.frozen}
        />
      </UrlStateProvider>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
