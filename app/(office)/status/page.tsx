import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { Panel } from "@/components/panel";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { formatNumber } from "@/lib/i18n/money";
import { channelsInUse, exitCounts } from "@/lib/overview/works-queries";
import { waysNow } from "@/lib/overview/works-rules";
import { WayLine } from "./way-line";

const LOOK_AGAIN_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("status"))("title") };
}

/** What works now: each way to Kaspi with how it does and what that means for the seller. */
export default async function StatusPage() {
  const [caller, t] = await Promise.all([pageCaller(), getTranslations("status")]);
  const { db, clock } = kaspiAccess();
  const [states, exits] = await Promise.all([channelsInUse(db, caller), exitCounts(db, clock())]);
  const shown = (count: number) => formatNumber(count, caller.locale);
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Panel title={t("ways")}>
        <ul className="flex flex-col">
          {waysNow(states).map((way) => (
            <WayLine key={way.group} way={way} />
          ))}
        </ul>
      </Panel>
      <Panel title={t("exits")}>
        <p className="text-ink-soft">
          {t("exitsText", {
            working: shown(exits.working),
            all: shown(exits.all),
            resting: shown(exits.resting),
            dead: shown(exits.dead),
          })}
        </p>
        {can(caller, "manage_proxies") && (
          <Link
            href="/settings/exits"
            className="text-blue text-sm underline-offset-2 hover:underline"
          >
            {t("toExits")}
          </Link>
        )}
      </Panel>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
