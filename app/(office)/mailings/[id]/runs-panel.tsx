import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { ProgressLine } from "@/components/progress-line";
import { UrlLink } from "@/components/ui/url-link";
import type { RunRow } from "@/lib/mailings/runs/history-queries";
import { Counts } from "../counts";

type Props = { runs: readonly RunRow[]; shown: number | null };

/** Every sending beside the others: by whom or what, how far, what came of it. */
export function RunsPanel({ runs, shown }: Props) {
  const t = useTranslations("mailings.runs");
  if (runs.length === 0) return null;
  return (
    <Panel title={t("title")}>
      <ul className="flex flex-col">
        {runs.map((run) => (
          <li key={run.id} className="flex flex-col gap-1 border-b py-2 last:border-b-0">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <UrlLink
                patch={{ run: `${run.number}`, after: null }}
                className={run.number === shown ? "font-semibold" : "text-blue hover:underline"}
              >
                {t("nth", { number: run.number })}
              </UrlLink>
              <span className="text-ink-soft text-sm">
                {t(`trigger.${run.trigger}`, { name: run.startedBy ?? "" })},{" "}
                <TimeAgo at={run.startedAt} />
                {run.state !== "completed" && `, ${t(`state.${run.state}`)}`}
              </span>
            </div>
            {run.state === "paused" && run.pauseReason && (
              <p className="text-amber text-sm">{t(`paused.${run.pauseReason}`)}</p>
            )}
            {run.state === "running" ? (
              <ProgressLine
                what={t("progress")}
                done={run.succeeded + run.failed + run.unknown + run.skipped}
                total={run.total}
                startedAt={run.startedAt}
              />
            ) : null}
            <p className="text-sm">
              <Counts run={run} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
