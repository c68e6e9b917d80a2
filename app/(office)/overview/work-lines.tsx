import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/time-ago";
import { spanOf } from "@/lib/i18n/spans";
import type { ExitHealth, JobTrouble, Overview, ShortReading } from "@/lib/overview/model";
import { jobName } from "@/lib/runs/words";
import { counted } from "./counted";
import { Point } from "./point";

type Props = Pick<Overview, "jobs" | "exits" | "reading" | "isStopped"> & {
  /** Of how many stores somebody has stopped the sending. */
  stopped: number;
  /** Of how many a guard keeps prices back. */
  held: number;
};

/** What all stores stand on: the background jobs, the addresses we read from, the sending of prices. */
export function WorkLines({ jobs, exits, reading, isStopped, stopped, held }: Props) {
  const t = useTranslations("overview.health");
  const locale = useLocale();
  const tired = exits.filter(({ state }) => state !== "works");
  const answering = exits.length - tired.length;
  const dead = exits.filter(({ state }) => state === "dead").length;
  return (
    <dl className="mt-auto grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-t pt-3 text-sm">
      <Line label={t("sending.label")}>
        {isStopped && <Point tone="red">{t("sending.stopped")}</Point>}
        {!isStopped && stopped > 0 && (
          <Point tone="amber">{t("sending.partly", counted(stopped, locale))}</Point>
        )}
        {!isStopped && held > 0 && (
          <Point tone="amber">{t("sending.held", counted(held, locale))}</Point>
        )}
        {!isStopped && stopped + held === 0 && <Point tone="green">{t("sending.on")}</Point>}
      </Line>
      <Line label={t("jobs.label")}>
        {jobs.length === 0 && <Point tone="green">{t("jobs.fine")}</Point>}
        {jobs.map((trouble) => (
          <Trouble key={trouble.job} trouble={trouble} />
        ))}
      </Line>
      <Line label={t("exits.label")}>
        {exits.length === 0 && <Point tone="red">{t("exits.none")}</Point>}
        {answering > 0 && (
          <Point tone="green">
            <Link href="/status" className="underline-offset-2 hover:underline">
              {t("exits.fine", counted(answering, locale))}
            </Link>
          </Point>
        )}
        {tired.map((exit) => (
          <Tired key={exit.id} exit={exit} />
        ))}
        {dead > 0 && <Point tone="amber">{t("exits.dead", counted(dead, locale))}</Point>}
        {reading && <Short reading={reading} />}
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

function Trouble({ trouble: { job, kind, lastSuccessAt } }: { trouble: JobTrouble }) {
  const t = useTranslations();
  return (
    <Point tone={kind === "failing" ? "red" : "amber"}>
      {t.rich(`overview.health.jobs.${kind}`, {
        job: () => jobName(t, job),
        when: () => <TimeAgo at={lastSuccessAt} />,
      })}
    </Point>
  );
}

/** More is asked for than the addresses can read. */
function Short({ reading: { wantedMs, achievedMs } }: { reading: ShortReading }) {
  const t = useTranslations("overview.health.exits");
  const tSpan = useTranslations("common.span");
  const span = (milliseconds: number) => {
    const { unit, count } = spanOf(milliseconds);
    return tSpan(unit, { count });
  };
  return (
    <Point tone="amber">
      <Link href="/settings" className="underline-offset-2 hover:underline">
        {t("short", { achieved: span(achievedMs), wanted: span(wantedMs) })}
      </Link>
    </Point>
  );
}

function Tired({ exit }: { exit: ExitHealth }) {
  const t = useTranslations("overview.health.exits");
  if (exit.state === "works" || exit.state === "dead") return null;
  return (
    <Point tone={exit.state === "refused" ? "red" : "amber"}>
      {t.rich(exit.state, {
        exit: exit.isDirect ? t("direct") : exit.name,
        when: () => <TimeAgo at={exit.restingUntil} />,
      })}
    </Point>
  );
}
