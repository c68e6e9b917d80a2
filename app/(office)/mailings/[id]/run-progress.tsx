import { useTranslations } from "next-intl";
import { ProgressLine } from "@/components/progress-line";
import { Notice } from "@/components/ui/notice";
import type { RunRow } from "@/lib/mailings/runs/history-queries";
import { Counts } from "../counts";

/** The newest run while it is under way: how far, what came of it so far, and why it stands. */
export function RunProgress({ run }: { run: RunRow }) {
  const t = useTranslations("mailings.runs");
  const done = run.succeeded + run.failed + run.unknown + run.skipped;
  if (run.state === "paused")
    return (
      <Notice tone="amber" title={t(`paused.${run.pauseReason ?? "person"}`)}>
        <Counts run={run} />
      </Notice>
    );
  if (run.state !== "running") return null;
  return (
    <section className="flex flex-col gap-2 rounded-lg border bg-surface p-4">
      <ProgressLine
        what={t("progress", { number: run.number })}
        done={done}
        total={run.total}
        startedAt={run.startedAt}
      />
      <p className="text-sm">
        <Counts run={run} />
      </p>
    </section>
  );
}
