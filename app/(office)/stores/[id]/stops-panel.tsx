import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { formatNumber } from "@/lib/i18n/money";
import type { BudgetUse, Stop } from "@/lib/stores/page-model";

type Props = {
  stops: Stop[];
  /** Null: the login is another person's. */
  budget: BudgetUse | null;
};

const tones = {
  office: "red",
  store: "red",
  official: "amber",
  paused: "amber",
  login: "red",
  login_break: "amber",
  writes: "amber",
  budget: "amber",
  exit: "amber",
  exits_dead: "red",
  no_exit: "red",
} as const;

/** Everything that stands still, each with its reason and its end. */
export function StopsPanel({ stops, budget }: Props) {
  const t = useTranslations("stores.page.stops");
  const locale = useLocale();
  return (
    <Panel title={t("title")}>
      {stops.length === 0 && <StatusDot tone="green">{t("none")}</StatusDot>}
      <ul className="flex flex-col gap-2 empty:hidden">
        {stops.map((stop) => (
          <li key={"name" in stop ? `${stop.kind} ${stop.name}` : stop.kind}>
            <StatusDot tone={tones[stop.kind]}>
              <span className="whitespace-normal">
                <StopWords stop={stop} />
              </span>
            </StatusDot>
          </li>
        ))}
      </ul>
      {budget && (
        <p className="text-ink-soft text-sm">
          {t("budgetUse", {
            used: formatNumber(budget.used, locale),
            limit: formatNumber(budget.limit, locale),
            minutes: budget.windowMinutes,
          })}
        </p>
      )}
    </Panel>
  );
}

function StopWords({ stop }: { stop: Stop }): ReactNode {
  const t = useTranslations("stores.page.stops");
  const tSession = useTranslations("stores.session");
  const locale = useLocale();
  const at = (moment: Date) => () => <TimeAgo at={moment} />;
  switch (stop.kind) {
    case "office":
    case "store":
      return t.rich(stop.kind, { who: stop.who ?? t("somebody"), when: at(stop.at) });
    case "official":
      return t("official");
    case "paused":
      return stop.at === null
        ? t("pausedOnly")
        : t.rich("paused", { who: stop.who ?? t("somebody"), when: at(stop.at) });
    case "login":
      return stop.login === null
        ? tSession("noLogin")
        : `${tSession("why", { reason: stop.reason ?? "login_refused", login: stop.login })} ${t("login")}`;
    case "login_break":
      return t.rich(stop.by === "flood" ? "login_break" : `login_${stop.by}`, {
        when: at(stop.until),
      });
    case "writes":
      return t.rich("writes", { when: at(stop.until) });
    case "budget":
      return t.rich("budget", {
        limit: formatNumber(stop.limit, locale),
        minutes: stop.windowMinutes,
        when: at(stop.until),
      });
    case "exit":
      return stop.name === null
        ? t.rich("ownExit", { when: at(stop.until) })
        : t.rich("exit", { name: stop.name, when: at(stop.until) });
    case "exits_dead":
      return t("exits_dead");
    case "no_exit":
      return t.rich("noExit", {
        settings: (words) => (
          <Link href="/settings/exits" className="text-blue underline underline-offset-2">
            {words}
          </Link>
        ),
      });
  }
}
