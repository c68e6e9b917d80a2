"use client";

import { useTranslations } from "next-intl";
import { isUnderWay, type RunProgress } from "@/lib/runs/model";
import { doingText } from "@/lib/runs/words";
import { ProgressLine } from "./progress-line";
import { useRun } from "./use-run";

/** How far a run is, as the page last heard. */
export function RunProgressLine({ run }: { run: RunProgress }) {
  const t = useTranslations();
  const { done, total, startedAt } = run;
  return <ProgressLine what={doingText(t, run)} done={done} total={total} startedAt={startedAt} />;
}

/** The same, live; it goes when the run ends. */
export function LiveProgressLine({ run: known }: { run: RunProgress }) {
  const run = useRun(known);
  return run && isUnderWay(run) ? <RunProgressLine run={run} /> : null;
}
