import { DashboardIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can, sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { loadOverview } from "@/lib/overview/load-overview";
import { overviewSchema } from "@/lib/overview/model";
import { hasPeopleRight } from "@/lib/people/permissions";
import { counted } from "./counted";
import { HealthPanel } from "./health-panel";
import { leadText, waiting } from "./lead";
import { frozenHref } from "./links";
import { LosingPanel } from "./losing-panel";
import { TodayPanel } from "./today-panel";
import { WantsPanel } from "./wants-panel";
import { WarsPanel } from "./wars-panel";

const LOOK_AGAIN_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

export default async function OverviewPage({ searchParams }: PageProps<"/overview">) {
  const [caller, asked, locale] = await Promise.all([pageCaller(), searchParams, getLocale()]);
  if (!sees(caller, "view_store"))
    redirect(hasPeopleRight(caller, "view") ? "/people" : "/settings");
  const { db, clock } = kaspiAccess();
  const t = translator(locale);
  const { store, days } = overviewSchema.parse(asked);
  const overview = await loadOverview(db, caller, { store, days: Number(days), now: clock() });
  const { stores, goods } = overview;
  const waits = waiting(overview);
  if (stores.length === 0)
    return (
      <Page>
        <PageHeader title={t("overview.title")} />
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<DashboardIcon />}
            title={t("overview.empty.title")}
            action={
              can(caller, "change_store") && (
                <ButtonLink href="/stores?connect=1" look="primary" size="lg">
                  {t("overview.empty.act")}
                </ButtonLink>
              )
            }
          >
            {t("overview.empty.text")}
          </EmptyState>
        </div>
      </Page>
    );
  return (
    <Page messages={["overview.losing", "runs.doing", "runs.sync"]}>
      <PageHeader
        title={t("overview.title")}
        lead={
          <>
            {leadText(t, locale, overview)}
            {waits > 0 && (
              <>
                {" "}
                <Link href={frozenHref(store)} className="text-blue underline underline-offset-2">
                  {t("overview.lead.waits", counted(waits, locale))}
                </Link>
              </>
            )}
          </>
        }
        action={
          <ButtonLink href="/tasks" className="md:hidden">
            {t("common.nav.tasks")}
          </ButtonLink>
        }
      />
      <div className="grid gap-4 xl:grid-cols-5">
        <HealthPanel
          stores={stores}
          jobs={overview.jobs}
          exits={overview.exits}
          reading={overview.reading}
          isStopped={overview.isStopped}
        />
        <WantsPanel
          notices={overview.notices}
          frozen={overview.frozen}
          goods={goods}
          stores={stores}
          store={store}
        />
        <WarsPanel {...overview.wars} severalStores={stores.length > 1} store={store} />
        <LosingPanel goods={goods} days={overview.days} shown={days} store={store} />
        <TodayPanel
          today={overview.today}
          budgets={overview.budgets}
          windowMinutes={overview.windowMinutes}
          store={store}
        />
      </div>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
