import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Banner } from "@/components/ui/banner";
import type { ScheduledJob } from "@/lib/jobs/runs-schedule";
import { jobName } from "@/lib/runs/words";

/** Work that should have gone well by itself by now, and has not. It goes with the next success. */
export function LateBanner({ jobs }: { jobs: ScheduledJob[] }) {
  const t = useTranslations();
  const [first, ...others] = jobs.filter(({ late }) => late);
  if (!first) return null;
  const parts = {
    job: jobName(t, first.job),
    when: () => <TimeAgo at={first.lastSuccessAt} />,
    runs: (words: ReactNode) => <Link href="/runs">{words}</Link>,
  };
  const one = first.lastSuccessAt === null ? "runs.late.oneNever" : "runs.late.one";
  return (
    <Banner tone="amber">
      {others.length > 0
        ? t.rich("runs.late.many", { ...parts, count: others.length })
        : t.rich(one, parts)}
    </Banner>
  );
}
