import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LiveProgressLine } from "@/components/run-progress-line";
import type { RunLine } from "@/lib/runs/history-model";
import { isUnderWay } from "@/lib/runs/model";
import { jobName } from "@/lib/runs/words";
import { RunAbout } from "./run-about";
import { RunButtons } from "./run-buttons";
import { RunState } from "./run-state";

type Props = {
  run: RunLine;
  /** Since when. */
  when?: ReactNode;
  /** What else there is to say of it: why it failed, what it waits for. */
  children?: ReactNode;
};

/** One run in a list: what, for which store, how far, and what can be done with it. */
export function RunItem({ run, when, children }: Props) {
  const t = useTranslations();
  const who = run.who ?? t("runs.by.nobody");
  return (
    <li className="flex flex-col gap-1.5 border-t py-3 first:border-t-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex flex-wrap items-baseline gap-x-3">
            <Link
              href={`/runs/${run.id}`}
              className="font-medium underline-offset-2 hover:underline"
            >
              {jobName(t, run.job)}
            </Link>
            <span className="text-sm">
              <RunState run={run} />
            </span>
          </span>
          <span className="flex flex-wrap gap-x-2 text-ink-soft text-sm">
            {run.about && (
              <>
                <RunAbout about={run.about} />
                <span aria-hidden="true">·</span>
              </>
            )}
            <span>{run.retryOf ? `${t("runs.by.retry")}, ${who}` : who}</span>
            {when && (
              <>
                <span aria-hidden="true">·</span>
                <span>{when}</span>
              </>
            )}
          </span>
        </div>
        <RunButtons run={run} />
      </div>
      {children && <div className="text-ink-soft text-sm">{children}</div>}
      {run.progress && isUnderWay(run.progress) && run.state === "running" && (
        <LiveProgressLine run={run.progress} />
      )}
    </li>
  );
}
