import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { formatNumber } from "@/lib/i18n/money";
import { MOST_COUNTED, type RunLine } from "@/lib/runs/history-model";
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
            <RunItem
              key={run.id}
              run={run}
              when={t.rich("since", { when: () => <TimeAgo at={run.startedAt} /> })}
            >
              {isHeldUp(run) && <HeldUp run={run} />}
            </RunItem>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const isHeldUp = ({ attempt, error, asleepUntil }: RunLine) =>
  (attempt > 0 && error !== null) || asleepUntil !== null;

/** Why it does not simply go on. */
function HeldUp({ run: { attempt, error, nextTryAt, asleepUntil } }: { run: RunLine }) {
  const t = useTranslations();
  if (attempt === 0 || error === null)
    return t.rich("runs.now.asleep", { when: () => <TimeAgo at={asleepUntil} ahead /> });
  const why = failureText(t, error);
  return nextTryAt === null
    ? t("runs.now.trying", { attempt, why })
    : t.rich("runs.now.tryAgain", { attempt, why, when: () => <TimeAgo at={nextTryAt} ahead /> });
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
          <RunItem
            key={run.id}
            run={run}
            when={t.rich("now.waits", { when: () => <TimeAgo at={run.queuedAt} /> })}
          />
        ))}
      </ul>
    </Panel>
  );
}
