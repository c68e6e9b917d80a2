import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { Dotted } from "@/components/ui/dotted";
import { spanOf } from "@/lib/i18n/spans";
import type { ScheduledJob } from "@/lib/jobs/runs-schedule";
import { jobName } from "@/lib/runs/words";

/** What begins by itself: when it last went well, when it is next, what is late. */
export function SchedulePanel({ jobs }: { jobs: ScheduledJob[] }) {
  const t = useTranslations("runs.schedule");
  return (
    <Panel title={t("title")}>
      <ul className="flex flex-col">
        {jobs.map((job) => (
          <Scheduled key={job.job} job={job} />
        ))}
      </ul>
    </Panel>
  );
}

function Scheduled({ job: { job, everyMs, lastSuccessAt, nextAt, late } }: { job: ScheduledJob }) {
  const t = useTranslations();
  const span = spanOf(everyMs);
  const every = t("runs.schedule.every", {
    span: t(`common.span.${span.unit}`, { count: span.count }),
  });
  return (
    <li className="flex flex-col gap-0.5 border-t py-2.5 first:border-t-0 first:pt-0 last:pb-0">
      <span className="flex flex-wrap justify-between gap-x-3">
        <span>{jobName(t, job)}</span>
        <span className="text-sm">
          <StatusDot tone={late ? "amber" : "green"}>
            {t(late ? "runs.schedule.late" : "runs.schedule.onTime")}
          </StatusDot>
        </span>
      </span>
      <span className="text-ink-soft text-sm">
        <Dotted
          facts={[
            every,
            lastSuccessAt
              ? t.rich("runs.schedule.last", { when: () => <TimeAgo at={lastSuccessAt} /> })
              : t("runs.schedule.never"),
            nextAt && t.rich("runs.schedule.next", { when: () => <TimeAgo at={nextAt} ahead /> }),
          ]}
        />
      </span>
    </li>
  );
}
