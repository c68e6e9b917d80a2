import { useTranslations } from "next-intl";
import { StatusDot } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/notice";
import type { RunLine } from "@/lib/runs/history-model";

type Standing = RunLine["state"] | "asleep" | "trying";

const tones: Record<Standing, Tone> = {
  queued: "plain",
  running: "blue",
  asleep: "plain",
  trying: "amber",
  completed: "green",
  failed: "red",
  cancelled: "plain",
};

function standingOf({ state, attempt, asleepUntil }: RunLine): Standing {
  if (state !== "running") return state;
  if (attempt > 0) return "trying";
  return asleepUntil === null ? "running" : "asleep";
}

export function RunState({ run }: { run: RunLine }) {
  const t = useTranslations("runs.state");
  const standing = standingOf(run);
  return (
    <StatusDot tone={tones[standing]} live={standing === "running"}>
      {t(standing)}
    </StatusDot>
  );
}
