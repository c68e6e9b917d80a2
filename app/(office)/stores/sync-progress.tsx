"use client";

import { useTranslations } from "next-intl";
import { ProgressLine } from "@/components/progress-line";
import { TimeAgo } from "@/components/time-ago";
import { Notice } from "@/components/ui/notice";
import type { RunProgress } from "@/lib/runs/model";
import { runFailureText } from "./run-failure-text";

/** What the sync is doing now, or how the last one ended. */
export function SyncProgress({ run }: { run: RunProgress | null }) {
  const t = useTranslations();
  if (run === null) return null;
  if (run.status === "failed")
    return (
      <div className="px-4 pb-4">
        <Notice tone="red" title={t("runs.sync.failed")}>
          {runFailureText(t, run.errorKey)}
        </Notice>
      </div>
    );
  if (run.status === "finished") return <LastResult run={run} />;
  const isReading = run.total !== null && run.done < run.total;
  const doing = () => {
    if (run.status === "queued") return t("runs.sync.queued");
    if (run.total === null) return t("runs.sync.asking");
    return t(isReading ? "runs.sync.reading" : "runs.sync.finishing");
  };
  return (
    <div className="px-4 pb-4">
      <ProgressLine what={doing()} done={run.done} total={run.total} startedAt={run.startedAt} />
    </div>
  );
}

function LastResult({ run }: { run: RunProgress }) {
  const t = useTranslations("runs.sync");
  const { products = 0, created = 0, gone = 0, unreadable = 0, complete = 1 } = run.counts;
  const parts = [
    t("read", { count: products }),
    created > 0 && t("created", { count: created }),
    gone > 0 && t("gone", { count: gone }),
  ].filter(Boolean);
  return (
    <div className="flex flex-col gap-2 px-4 pb-4 text-ink-soft text-sm">
      <p>
        {t.rich("last", { when: () => <TimeAgo at={run.finishedAt} />, what: parts.join(", ") })}
      </p>
      {complete === 0 && (
        <Notice tone="amber">
          {t("incomplete")}
          {unreadable > 0 && ` ${t("unreadable", { count: unreadable })}`}
        </Notice>
      )}
    </div>
  );
}
