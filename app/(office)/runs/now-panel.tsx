import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { formatNumber } from "@/lib/i18n/money";
import type { RunLine } from "@/lib/runs/history-model";
import { MOST_COUNTED } from "@/lib/runs/history-model";
import { failureText } from "@/lib/runs/words";
import { RunItem } from "./run-item";

/** What is being done, since when, and what holds it up. */
export function NowPanel({ running }: { running: RunLine[] }) {
  const t = useTranslations("runs.now");
  return (
    <Panel title={t("title")}>
      {running.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <ul className="flex flex-col">
          {running.map((run) => (
            <RunItem key={run.id} run={run}>
              <Under run={run} />
            </RunItem>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Under({ run }: { run: RunLine }) {
  const t = useTranslations();
  const { attempt, error, nextTryAt, asleepUntil, startedAt } = run;
  if (attempt > 0 && error) {
    const why = failureText(t, error);
    return nextTryAt === null
      ? t("runs.now.trying", { attempt, why })
      : t.rich("runs.now.tryAgain", { attempt, why, when: () => <TimeAgo at={nextTryAt} /> });
  }
  return (
    <span className="flex flex-wrap gap-x-2">
      <span>{t.rich("runs.now.since", { when: () => <TimeAgo at={startedAt} /> })}</span>
      {asleepUntil && (
        <span>{t.rich("runs.now.asleep", { when: () => <TimeAgo at={asleepUntil} /> })}</span>
      )}
    </span>
  );
}

type WaitingProps = { waiting: RunLine[]; count: number };

/** What waits for its turn, the first of it. */
export function WaitingPanel({ waiting, count }: WaitingProps) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const amount =
    count > MOST_COUNTED
      ? t("waiting.countMore", { shown: formatNumber(MOST_COUNTED, locale) })
      : t("waiting.count", { shown: formatNumber(count, locale) });
  return (
    <Panel
      title={t("waiting.title")}
      aside={<span className="text-ink-soft text-sm">{amount}</span>}
    >
      <ul className="flex flex-col">
        {waiting.map((run) => (
          <RunItem key={run.id} run={run}>
            {t.rich("now.waits", { when: () => <TimeAgo at={run.queuedAt} /> })}
          </RunItem>
        ))}
      </ul>
    </Panel>
  );
}
