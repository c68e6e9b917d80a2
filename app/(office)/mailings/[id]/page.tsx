import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { sentAgain } from "@/lib/mailings/again-queries";
import { mailingNumber } from "@/lib/mailings/form-model";
import { attemptListSchema } from "@/lib/mailings/list-model";
import { type MailingView, mailingView } from "@/lib/mailings/mailing-queries";
import { rehearse } from "@/lib/mailings/rehearse";
import { type RunRow, runsOf } from "@/lib/mailings/runs/history-queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { MailingActs } from "./mailing-acts";
import { MailingFacts } from "./mailing-facts";
import { MailingLead } from "./mailing-lead";
import { MailingNotices } from "./mailing-notices";
import { mayDo } from "./may-do";
import { RehearsalPanel } from "./rehearsal-panel";
import { RunAttempts } from "./run-attempts";
import { RunsPanel } from "./runs-panel";

const MOST_RUNS = 50;
const LOOK_AGAIN_MS = 3_000;
const LOOK_SELDOM_MS = 20_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailings"))("one") };
}

/** A mailing: where it is, what would happen now, and what came of each letter of each run. */
export default async function MailingPage({ params, searchParams }: PageProps<"/mailings/[id]">) {
  const [caller, t, { id }, asked] = await Promise.all([
    pageCaller(),
    getTranslations("mailings"),
    params,
    searchParams,
  ]);
  const number = mailingNumber.safeParse(id);
  if (!number.success || !can(caller, "view_mailing")) notFound();
  const access = mailingAccess();
  const { db } = access;
  const mailing = await mailingView(db, caller, number.data);
  if (!mailing) notFound();
  const query = attemptListSchema.parse({ ...asked, after: asked.before });
  const [runs, { mailingsWantApproval, timeZone }] = await Promise.all([
    runsOf(db, mailing.id, MOST_RUNS),
    getWorkspace(db),
  ]);
  const { id: mailingId, status } = mailing;
  const shown = shownOf(runs, query.run);
  const isUnderWay = status === "running" || status === "paused";
  const may = mayDo(caller, { mailing, run: shown, wantsApproval: mailingsWantApproval });
  const [rehearsal, again] = await Promise.all([
    status === "created" ? rehearse(access, caller, mailingId) : null,
    shown && may.sendAgain
      ? sentAgain(db, { id: shown.id, mailingId, number: shown.number })
      : null,
  ]);
  return (
    <Page messages={["errors", "mailings", "letters.preview", "tables.download"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/mailings">{t("title")}</BackLink>
        <PageHeader title={mailing.subject} lead={<MailingLead mailing={mailing} />} />
        <MailingActs
          {...{ mailingId, status, may }}
          isActive={mailing.isActive}
          seen={writtenAt(mailing).toISOString()}
          count={rehearsal?.count ?? null}
          again={again && shown ? { ...again, run: shown.number } : null}
        />
      </div>
      <MailingNotices
        hasMail={access.openPost !== null}
        waits={may.waits}
        lacksRight={may.lacksRight}
        run={isUnderWay ? shownOf(runs) : null}
      />
      <div className={rehearsal ? "grid items-start gap-4 xl:grid-cols-2" : undefined}>
        <MailingFacts mailing={mailing} timeZone={timeZone} />
        {rehearsal && <RehearsalPanel rehearsal={rehearsal} />}
      </div>
      {shown && (
        <UrlStateProvider>
          <RunsPanel runs={runs} shown={shown.number} />
          <RunAttempts
            {...{ mailingId, query }}
            run={shown}
            mayAgain={may.sendAgain}
            isFileLate={asked.export === "wait"}
          />
        </UrlStateProvider>
      )}
      <LiveRefresh everyMs={isUnderWay ? LOOK_AGAIN_MS : LOOK_SELDOM_MS} />
    </Page>
  );
}

/** What is shown was written until then: the mailing, or its letter. */
const writtenAt = ({ updatedAt, letterAt }: MailingView) =>
  letterAt > updatedAt ? letterAt : updatedAt;

/** The run of that number, or the newest. */
const shownOf = (runs: readonly RunRow[], number?: number) =>
  runs.find((run) => run.number === number) ?? runs[0] ?? null;
