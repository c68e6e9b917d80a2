import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/notice";
import type { ExitHealth, JobTrouble, Overview } from "@/lib/overview/model";
import { counted } from "./counted";

type Props = Pick<Overview, "jobs" | "exits" | "isStopped">;

/** What all stores stand on: the background jobs, the addresses we read from, the sending of prices. */
export function WorkLines({ jobs, exits, isStopped }: Props) {
  const t = useTranslations("overview.health");
  const locale = useLocale();
  const tired = exits.filter(({ state }) => state !== "works");
  const answering = exits.length - tired.length;
  return (
    <dl className="mt-auto grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-t pt-3 text-sm">
      <Line label={t("sending.label")}>
        <Answer tone={isStopped ? "red" : "green"}>
          {t(isStopped ? "sending.stopped" : "sending.on")}
        </Answer>
      </Line>
      <Line label={t("jobs.label")}>
        {jobs.length === 0 && <Answer tone="green">{t("jobs.fine")}</Answer>}
        {jobs.map((trouble) => (
          <Trouble key={trouble.job} trouble={trouble} />
        ))}
      </Line>
      <Line label={t("exits.label")}>
        {exits.length === 0 && <Answer tone="red">{t("exits.none")}</Answer>}
        {answering > 0 && (
          <Answer tone="green">{t("exits.fine", counted(answering, locale))}</Answer>
        )}
        {tired.map((exit) => (
          <Tired key={exit.id} exit={exit} />
        ))}
      </Line>
    </dl>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{label}</dt>
      <dd className="flex min-w-0 flex-col gap-1">{children}</dd>
    </>
  );
}

function Answer({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <StatusDot tone={tone}>
      <span className="whitespace-normal">{children}</span>
    </StatusDot>
  );
}

function Trouble({ trouble: { job, kind, lastSuccessAt } }: { trouble: JobTrouble }) {
  const t = useTranslations("overview");
  const known = `job.${job}` as "job.other";
  const name = t.has(known) ? t(known) : `${t("job.other")} ${job}`;
  return (
    <Answer tone={kind === "failing" ? "red" : "amber"}>
      {t.rich(`health.jobs.${kind}`, {
        job: () => name,
        when: () => <TimeAgo at={lastSuccessAt} />,
      })}
    </Answer>
  );
}

function Tired({ exit }: { exit: ExitHealth }) {
  const t = useTranslations("overview.health.exits");
  if (exit.state === "works") return null;
  return (
    <Answer tone={exit.state === "refused" ? "red" : "amber"}>
      {t.rich(exit.state, {
        exit: exit.isDirect ? t("direct") : exit.name,
        when: () => <TimeAgo at={exit.restingUntil} />,
      })}
    </Answer>
  );
}
