import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/ui/page";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { scheduledJobs } from "@/lib/jobs/runs-schedule";
import { historySchema } from "@/lib/runs/history-address";
import { failedWork, openRuns } from "@/lib/runs/now-queries";
import { FailedPanel } from "../failed-panel";
import { LiveJobs } from "../live-jobs";
import { NowPanel, WaitingPanel } from "../now-panel";
import { RunsHeader } from "../runs-header";
import { SchedulePanel } from "../schedule-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runs"))("title") };
}

export default async function RunsPage({ searchParams }: PageProps<"/runs">) {
  const [caller, asked] = await Promise.all([pageCaller(), searchParams]);
  const { db, clock } = kaspiAccess();
  const now = clock();
  const { store } = historySchema.parse(asked);
  const [{ running, waiting, waitingCount }, failed, schedule] = await Promise.all([
    openRuns(db, caller, store),
    failedWork(db, caller, store, now),
    scheduledJobs(db, now),
  ]);
  // The schedules are the owner's; everybody may know why their own work does not begin.
  const shown = caller.role === "owner" ? schedule : schedule.filter(({ late }) => late);
  const failures = <FailedPanel failed={failed} />;
  return (
    <Page messages={["runs.act", "runs.doing", "runs.job", "runs.sync"]}>
      <RunsHeader lead="lead" store={store} />
      <div className="grid items-start gap-4 xl:grid-cols-5">
        <div className="flex min-w-0 flex-col gap-4 xl:col-span-3">
          {failed.length > 0 && failures}
          <NowPanel running={running} />
          {waitingCount > 0 && <WaitingPanel waiting={waiting} count={waitingCount} />}
          {failed.length === 0 && failures}
        </div>
        {shown.length > 0 && (
          <div className="min-w-0 xl:col-span-2">
            <SchedulePanel jobs={shown} />
          </div>
        )}
      </div>
      <LiveJobs />
    </Page>
  );
}
