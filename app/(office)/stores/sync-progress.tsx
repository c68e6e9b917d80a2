"use client";

import { useTranslations } from "next-intl";
import { RunProgressLine } from "@/components/run-progress-line";
import { Notice } from "@/components/ui/notice";
import { useCounted } from "@/components/use-counted";
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
  if (run.status === "finished") return <Incomplete counts={run.counts} />;
  if (run.status === "cancelled") return null;
  return (
    <div className="px-4 pb-4">
      <RunProgressLine run={run} />
    </div>
  );
}

/** Nothing to say of a walk that met everything: its counts stand above. */
function Incomplete({ counts }: { counts: RunProgress["counts"] }) {
  const t = useTranslations("runs.sync");
  const counted = useCounted();
  const { unreadable = 0, complete = 1 } = counts;
  if (complete === 1) return null;
  return (
    <div className="px-4 pb-4">
      <Notice tone="amber">
        {t("incomplete")}
        {unreadable > 0 && ` ${t("unreadable", counted(unreadable))}`}
      </Notice>
    </div>
  );
}
