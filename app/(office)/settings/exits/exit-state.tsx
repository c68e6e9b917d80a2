"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { useClock } from "@/components/ui/clock";
import type { ExitInPool } from "@/lib/exits/model";

/** Whether it reads, rests or has been given up, and until when. */
export function ExitState({ exit }: { exit: ExitInPool }) {
  const t = useTranslations("settings.exits");
  const now = useClock();
  const { isActive, dead, restingUntil, restReason } = exit;
  if (!isActive) return <StatusDot>{t("off")}</StatusDot>;
  if (dead) {
    const { why, nextTryAt } = dead;
    const next = nextTryAt !== null && nextTryAt.getTime() > now ? nextTryAt : null;
    return (
      <StatusDot tone={why === "untried" ? "blue" : "red"} live={why === "untried"}>
        <span className="whitespace-normal">
          {t("dead", { why })}
          {next && why !== "untried" && (
            <> {t.rich("nextTry", { when: () => <TimeAgo at={next} /> })}</>
          )}
        </span>
      </StatusDot>
    );
  }
  if (restingUntil !== null && restingUntil.getTime() > now)
    return (
      <StatusDot tone="amber">
        <span className="whitespace-normal">
          {t.rich("resting", {
            why: restReason ?? "other",
            when: () => <TimeAgo at={restingUntil} />,
          })}
        </span>
      </StatusDot>
    );
  return <StatusDot tone="green">{t("works")}</StatusDot>;
}
