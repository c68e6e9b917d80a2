import { useTranslations } from "next-intl";
import { StatusDot } from "@/components/ui/badge";
import type { RunRow } from "@/lib/mailings/runs/history-queries";

const tones = { running: "blue", paused: "amber", completed: "green", cancelled: "plain" } as const;

export function RunState({ state }: Pick<RunRow, "state">) {
  const t = useTranslations("mailings.runs.state");
  return (
    <StatusDot tone={tones[state]} live={state === "running"}>
      {t(state)}
    </StatusDot>
  );
}
