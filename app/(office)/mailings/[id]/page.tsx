import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { LiveRefresh } from "@/components/live-refresh";
import { TimeAgo } from "@/components/time-ago";
import { Panel } from "@/components/panel";
import { BackLink } from "@/components/ui/back-link";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { attemptListSchema } from "@/lib/mailings/list-model";
import { mailingView } from "@/lib/mailings/mailing-queries";
import { rehearse } from "@/lib/mailings/rehearse";
import { ATTEMPTS_PER_PAGE, attemptsOf, runsOf } from "@/lib/mailings/runs/history-queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { MailingState } from "../mailing-state";
import { AttemptPages } from "./attempt-pages";
import { AttemptsFilters } from "./attempts-filters";
import { AttemptsTable } from "./attempts-table";
import { MailingActs } from "./mailing-acts";
import { RehearsalPanel } from "./rehearsal-panel";
import { RunsPanel } from "./runs-panel";

const MOST_RUNS = 50;
const LOOK_AGAIN_MS = 3_000;
const idSchema = z.coerce.number().int().positive().max(2_147_483_647);

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
  const mailingId = idSchema.safeParse(id);
  if (!mailingId.success || !can(caller, "view_mailing")) notFound();
  const access = mailingAccess();
  const { db } = access;
  const mailing = await mailingView(db, caller, mailingId.data);
  if (!mailing) notFound();
  const query = attemptListSchema.parse(asked);
  const [runs, { mailingsWantApproval }] = await Promise.all([
    runsOf(db, mailing.id, MOST_RUNS),
    getWorkspace(db),
  ]);
  const shown = runs.find(({ number }) => number === query.run) ?? runs[0];
  const [found, rehearsal] = await Promise.all([
    shown ? attemptsOf(db, shown.id, query, ATTEMPTS_PER_PAGE) : null,
    mailing.status === "created" ? rehearse(access, caller, mailing.id) : null,
  ]);
  const isOwn = mailing.ownerId === caller.id;
  const waitsForRelease =
    mailingsWantApproval && mailing.status === "created" && mailing.approvedAt === null;
  const may = {
    edit: isOwn && can(caller, "edit_mailing"),
    send: isOwn && can(caller, "send_mailing") && !waitsForRelease,
    disable: (isOwn && can(caller, "edit_mailing")) || can(caller, "can_disable_mailing"),
    release: waitsForRelease && !isOwn && can(caller, "send_mailing"),
  };
  const last = runs[0];
  const next = found?.hasMore ? (found.rows.at(-1)?.nth ?? null) : null;
  return (
    <Page messages={["errors", "mailings"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/mailings">{t("title")}</BackLink>
        <PageHeader
          title={mailing.subject}
          lead={
            <span className="flex flex-wrap gap-x-3">
              <span>#{mailing.id}</span>
              <span>{mailing.ownerName}</span>
              <MailingState status={mailing.status} isActive={mailing.isActive} />
              {mailing.status === "created" && mailing.nextRunAt && (
                <span>
                  {t.rich("startsAt", {
                    when: () => <TimeAgo at={mailing.nextRunAt} ahead />,
                  })}
                </span>
              )}
            </span>
          }
        />
        <MailingActs
          mailingId={mailing.id}
          status={mailing.status}
          isActive={mailing.isActive}
          may={may}
          count={rehearsal?.count ?? 0}
          failed={last?.failed ?? 0}
          unknown={last?.unknown ?? 0}
        />
      </div>
      {access.openPost === null && <Notice tone="amber">{t("noServer")}</Notice>}
      {waitsForRelease && <Notice tone="amber">{t("waitsForRelease")}</Notice>}
      {rehearsal && <RehearsalPanel rehearsal={rehearsal} />}
      <UrlStateProvider>
        <RunsPanel runs={runs} shown={shown?.number ?? null} />
        {shown && found && (
          <Panel title={t("attempts.of", { number: shown.number })}>
            <AttemptsFilters />
            <AttemptsTable
              rows={found.rows}
              footer={<AttemptPages next={next === null ? null : `${next}`} />}
            />
          </Panel>
        )}
      </UrlStateProvider>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
