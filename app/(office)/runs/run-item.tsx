import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LiveProgressLine } from "@/components/run-progress-line";
import { ButtonLink } from "@/components/ui/button";
import { Dotted } from "@/components/ui/dotted";
import { isKeptGoing } from "@/lib/runs/cancel-model";
import type { RunLine } from "@/lib/runs/history-model";
import { isUnderWay } from "@/lib/runs/model";
import { jobName } from "@/lib/runs/words";
import { holdPath } from "./hold-path";
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
          <span className="text-ink-soft text-sm">
            <Dotted
              facts={[
                run.about && <RunAbout key="about" about={run.about} />,
                run.retryOf ? `${t("runs.by.retry")}, ${who}` : who,
                when,
              ]}
            />
          </span>
        </div>
        <HoldLink run={run} />
        <RunButtons run={run} />
      </div>
      {children && <div className="text-ink-soft text-sm">{children}</div>}
      {run.progress && isUnderWay(run.progress) && run.state === "running" && (
        <LiveProgressLine run={run.progress} />
      )}
    </li>
  );
}

/** Runs of prices have no button to cancel them: the way to what stops them. */
function HoldLink({ run: { job, about, finishedAt, mayChange } }: { run: RunLine }) {
  const t = useTranslations("runs.now");
  const hold = holdPath(about);
  if (!isKeptGoing(job) || !hold || !mayChange || finishedAt !== null) return null;
  return (
    <ButtonLink look="ghost" size="sm" href={hold} className="-mr-2">
      {t("hold")}
    </ButtonLink>
  );
}
