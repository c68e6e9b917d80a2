import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { Dotted } from "@/components/ui/dotted";
import { formatNumber } from "@/lib/i18n/money";
import type { FailedWork } from "@/lib/runs/now-queries";
import { failureText } from "@/lib/runs/words";
import { RunItem } from "./run-item";
import { TechnicalText } from "./technical-text";

/** Work that has failed for good and has not gone well since. */
export function FailedPanel({ failed }: { failed: FailedWork[] }) {
  const t = useTranslations();
  const locale = useLocale();
  return (
    <Panel title={t("runs.failed.title")}>
      {failed.length === 0 ? (
        <p className="text-ink-soft">{t("runs.failed.none")}</p>
      ) : (
        <ul className="flex flex-col">
          {failed.map((run) => (
            <RunItem key={run.id} run={run}>
              {run.error && <p className="text-base text-ink">{failureText(t, run.error)}</p>}
              <Dotted
                facts={[
                  t.rich("runs.failed.at", { when: () => <TimeAgo at={run.finishedAt} /> }),
                  run.times > 1 &&
                    t("runs.failed.times", {
                      count: run.times,
                      shown: formatNumber(run.times, locale),
                    }),
                ]}
              />
              {run.error && <TechnicalText error={run.error} />}
            </RunItem>
          ))}
        </ul>
      )}
    </Panel>
  );
}
