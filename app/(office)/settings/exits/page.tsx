import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { Panel } from "@/components/panel";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { listExits } from "@/lib/exits/list-exits";
import { ExitRow } from "./exit-row";
import { NewExits } from "./new-exits";

const LOOK_AGAIN_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.exits"))("title") };
}

/** The addresses we speak to Kaspi from: people add them, try them and see how each is doing. */
export default async function ExitsPage() {
  const [caller, t, tNav] = await Promise.all([
    pageCaller(),
    getTranslations("settings.exits"),
    getTranslations("common.nav"),
  ]);
  if (!can(caller, "manage_proxies")) notFound();
  const pool = await listExits(kaspiAccess());
  return (
    <Page messages={["auth.password", "errors", "settings.exits", "settings.saving"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/settings">{tNav("settings")}</BackLink>
        <PageHeader title={t("title")} lead={t("lead")} action={<NewExits />} />
      </div>
      <Panel title={t("pool")}>
        <ul className="flex flex-col">
          {pool.map((exit) => (
            <ExitRow key={exit.id} exit={exit} />
          ))}
        </ul>
      </Panel>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
