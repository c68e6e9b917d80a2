import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LiveRefresh } from "@/components/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { UrlStateProvider } from "@/components/ui/url-state";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { mailingFigures } from "@/lib/mailings/figure-queries";
import { mailingListSchema } from "@/lib/mailings/list-model";
import { listMailings, MAILINGS_PER_PAGE, mailingOwners } from "@/lib/mailings/list-queries";
import { MailingsTabs } from "../mailings-tabs";
import { NoMailingRight } from "../no-right";
import { Figures } from "./figures";
import { MailingLine } from "./mailing-line";
import { MailingsFilters } from "./mailings-filters";

const LOOK_AGAIN_MS = 5_000;
const LOOK_SELDOM_MS = 20_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailings"))("title") };
}

export default async function MailingsPage({ searchParams }: PageProps<"/mailings">) {
  const [caller, asked, t] = await Promise.all([
    pageCaller(),
    searchParams,
    getTranslations("mailings"),
  ]);
  if (!can(caller, "view_mailing")) return <NoMailingRight />;
  const { db, clock, hasMailbox, openPost } = mailingAccess();
  const query = mailingListSchema.parse(asked);
  const [{ rows, total, page }, figures, owners] = await Promise.all([
    listMailings(db, caller, query),
    mailingFigures(db, caller, { days: query.days, now: clock() }),
    can(caller, "can_view_all_mailings") ? mailingOwners(db, caller) : [],
  ]);
  const isNarrowed = Boolean(query.q || query.status || query.owner);
  const mayEdit = can(caller, "edit_mailing");
  const make = mayEdit && (
    <ButtonLink href="/mailings/new" look="primary">
      {t("new")}
    </ButtonLink>
  );
  return (
    <Page messages={["mailings"]}>
      <PageHeader title={t("title")} lead={t("lead")} action={make} />
      <MailingsTabs hasMailbox={hasMailbox} />
      {openPost === null && <Notice tone="amber">{t("noServer")}</Notice>}
      <UrlStateProvider>
        <Figures figures={figures} days={query.days} />
        {(total > 0 || isNarrowed) && <MailingsFilters owners={owners.length > 1 ? owners : []} />}
        {total === 0 ? (
          <NoMailings isNarrowed={isNarrowed} make={make} />
        ) : (
          <ul className="rounded-lg border bg-surface">
            {rows.map((mailing) => (
              <MailingLine
                key={mailing.id}
                mailing={mailing}
                isForeign={mailing.ownerId !== caller.id}
              />
            ))}
          </ul>
        )}
        {total > 0 && <Pagination page={page} pageSize={MAILINGS_PER_PAGE} total={total} />}
      </UrlStateProvider>
      <LiveRefresh everyMs={figures.active > 0 ? LOOK_AGAIN_MS : LOOK_SELDOM_MS} />
    </Page>
  );
}

async function NoMailings({ isNarrowed, make }: { isNarrowed: boolean; make: ReactNode }) {
  const t = await getTranslations("mailings");
  const said = isNarrowed
    ? { title: t("notFound.title"), text: t("notFound.text"), action: null }
    : { title: t("none.title"), text: t(make ? "none.text" : "none.look"), action: make };
  return (
    <div className="rounded-lg border bg-surface">
      <EmptyState title={said.title} action={said.action}>
        {said.text}
      </EmptyState>
    </div>
  );
}
