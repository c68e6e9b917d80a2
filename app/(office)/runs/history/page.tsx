import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/ui/page";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { historySchema } from "@/lib/runs/history-address";
import { historyChoices, runHistory } from "@/lib/runs/history-queries";
import { RunsHeader } from "../runs-header";
import { HistoryFilters } from "./history-filters";
import { HistoryTable } from "./history-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("runs");
  return { title: `${t("title")}: ${t("views.history")}` };
}

export default async function HistoryPage({ searchParams }: PageProps<"/runs/history">) {
  const [caller, asked] = await Promise.all([pageCaller(), searchParams]);
  const { db, clock } = kaspiAccess();
  const query = historySchema.parse(asked);
  const [{ lines, total }, { jobs, people }] = await Promise.all([
    runHistory(db, caller, query, clock()),
    historyChoices(db, caller),
  ]);
  return (
    <Page messages={["runs.by", "runs.history", "runs.job", "runs.state", "runs.why"]}>
      <RunsHeader lead="leadHistory" store={query.store} />
      <UrlStateProvider>
        <HistoryFilters jobs={jobs} people={people} />
        <HistoryTable lines={lines} page={query.page} total={total} />
      </UrlStateProvider>
    </Page>
  );
}
