import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import type { RunStep } from "@/lib/jobs/runs";
import { stepName } from "@/lib/runs/words";

const tones = { ok: "green", error: "red", waiting: "plain" } as const;

/** What has been done of the run, step by step. */
export function StepsPanel({ steps }: { steps: RunStep[] }) {
  const t = useTranslations();
  return (
    <Panel title={t("runs.page.steps")}>
      {steps.length === 0 && <p className="text-ink-soft">{t("runs.page.noSteps")}</p>}
      <ol className="flex flex-col">
        {steps.map(({ name, state, at }) => (
          <li
            key={name}
            className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-baseline gap-x-4 border-t py-2 text-sm first:border-t-0 first:pt-0 last:pb-0"
          >
            <span>{stepName(t, name)}</span>
            <StatusDot tone={tones[state]}>{t(`runs.page.stepState.${state}`)}</StatusDot>
            <span className="text-right text-ink-soft">
              {state === "waiting" ? (
                t.rich("runs.page.until", { when: () => <TimeAgo at={at} ahead /> })
              ) : (
                <TimeAgo at={at} />
              )}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
