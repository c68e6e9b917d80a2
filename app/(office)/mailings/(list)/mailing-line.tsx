import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import type { MailingRow } from "@/lib/mailings/list-queries";
import { Counts } from "../counts";
import { MailingState } from "../mailing-state";

type Props = { mailing: MailingRow; isForeign: boolean };

/** A mailing in the list: what, where it is, what came of its newest run. */
export function MailingLine({ mailing, isForeign }: Props) {
  const t = useTranslations("mailings");
  const { id, subject, status, isActive, run, nextRunAt, ownerName, repeats } = mailing;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-b px-4 py-3 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <Link href={`/mailings/${id}`} className="truncate font-medium hover:underline">
          {subject}
        </Link>
        <p className="flex flex-wrap gap-x-3 text-ink-soft text-sm">
          <span>#{id}</span>
          {isForeign && <span>{ownerName}</span>}
          {repeats !== "none" && <span>{t(`repeats.${repeats}`)}</span>}
          {status === "created" && nextRunAt && (
            <span>{t.rich("startsAt", { when: () => <TimeAgo at={nextRunAt} ahead /> })}</span>
          )}
          {run && <TimeAgo at={run.startedAt} />}
        </p>
        {run && (
          <p className="text-sm">
            <Counts run={run} />
          </p>
        )}
      </div>
      <MailingState status={status} isActive={isActive} />
    </li>
  );
}
