import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/notice";
import { formatNumber } from "@/lib/i18n/money";
import type { RunProgress } from "@/lib/runs/model";
import { syncedText } from "@/lib/runs/words";
import { runFailureText } from "../run-failure-text";

const tones: Record<RunProgress["status"], Tone> = {
  queued: "plain",
  running: "blue",
  finished: "green",
  failed: "red",
  cancelled: "plain",
};

/** How the last updates of products went. */
export function RunsPanel({ runs }: { runs: RunProgress[] }) {
  const t = useTranslations("stores.page.runs");
  return (
    <Panel title={t("title")}>
      {runs.length === 0 && <p className="text-ink-soft">{t("none")}</p>}
      <ul className="flex flex-col">
        {runs.map((run) => (
          <li
            key={run.id}
            className="grid gap-x-4 gap-y-0.5 border-t py-2 text-sm first:border-t-0 first:pt-0 last:pb-0 md:grid-cols-[9rem_9rem_1fr]"
          >
            <span>{run.startedAt ? <TimeAgo at={run.startedAt} /> : t("notBegun")}</span>
            <StatusDot
              tone={isWhole(run) ? tones[run.status] : "amber"}
              live={run.status === "running"}
            >
              {t(isWhole(run) ? `status.${run.status}` : "status.partial")}
            </StatusDot>
            <span className="text-ink-soft">
              <Result run={run} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const isWhole = ({ status, counts }: RunProgress) => status !== "finished" || counts.complete !== 0;

function Result({ run }: { run: RunProgress }): ReactNode {
  const t = useTranslations();
  const locale = useLocale();
  const shown = (count: number) => formatNumber(count, locale);
  if (run.status === "failed") return runFailureText(t, run.errorKey);
  if (run.status !== "finished") return t("stores.page.runs.done", { shown: shown(run.done) });
  return syncedText(t, locale, run.counts);
}
