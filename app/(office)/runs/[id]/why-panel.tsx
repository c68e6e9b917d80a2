import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Notice } from "@/components/ui/notice";
import type { RunLine } from "@/lib/runs/history-model";
import { failureText } from "@/lib/runs/words";
import { TechnicalText } from "../technical-text";

/** Why it failed, or why it has to try again, and when. */
export function WhyPanel({ run }: { run: RunLine }) {
  const t = useTranslations();
  const { error, state, attempt, nextTryAt, finishedAt } = run;
  if (error === null || state === "completed") return null;
  const isOver = finishedAt !== null;
  return (
    <Notice
      tone={isOver ? "red" : "amber"}
      title={isOver ? t("runs.page.why") : t("runs.page.tried", { attempt })}
    >
      <p className="text-ink">
        {failureText(t, error)}{" "}
        {nextTryAt && t.rich("runs.page.nextTry", { when: () => <TimeAgo at={nextTryAt} ahead /> })}
      </p>
      <TechnicalText error={error} />
    </Notice>
  );
}
