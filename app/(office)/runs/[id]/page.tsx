import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { LiveProgressLine } from "@/components/run-progress-line";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { translator } from "@/lib/i18n/translator";
import { isUnderWay } from "@/lib/runs/model";
import { jobName } from "@/lib/runs/words";
import { LiveJobs } from "../live-jobs";
import { RunButtons } from "../run-buttons";
import { RunState } from "../run-state";
import { FactsPanel } from "./facts-panel";
import { HoldNotice } from "./hold-notice";
import { InputPanel } from "./input-panel";
import { loadRun } from "./load-run";
import { StepsPanel } from "./steps-panel";
import { WhyPanel } from "./why-panel";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { line } = await loadRun((await params).id);
  return { title: jobName(translator(await getLocale()), line.job) };
}

export default async function RunPage({ params }: Props) {
  await pageCaller();
  const { line, view } = await loadRun((await params).id);
  const t = translator(await getLocale());
  const { progress, finishedAt, state, retriedBy } = line;
  const mayMove = finishedAt === null || (state !== "completed" && retriedBy === null);
  return (
    <Page messages={["runs.act", "runs.doing", "runs.job", "runs.sync"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/runs">{t("runs.page.back")}</BackLink>
        <PageHeader
          title={jobName(t, line.job)}
          lead={<RunState run={line} />}
          action={<RunButtons run={line} />}
        />
      </div>
      <WhyPanel run={line} />
      {finishedAt === null && <HoldNotice run={line} />}
      {progress && isUnderWay(progress) && finishedAt === null && (
        <LiveProgressLine run={progress} />
      )}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <FactsPanel run={line} />
        <StepsPanel steps={view.steps} />
        <InputPanel run={view} />
      </div>
      {mayMove && <LiveJobs />}
    </Page>
  );
}
