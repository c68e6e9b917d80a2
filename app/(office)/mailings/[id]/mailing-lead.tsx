import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import type { MailingView } from "@/lib/mailings/mailing-queries";
import { MailingState } from "../mailing-state";

/** Which mailing it is, whose, where it is, and when it begins by itself. */
export function MailingLead({ mailing }: { mailing: MailingView }) {
  const t = useTranslations("mailings");
  const { id, ownerName, status, isActive, nextRunAt } = mailing;
  return (
    <span className="flex flex-wrap gap-x-3">
      <span>{t("nth", { id })}</span>
      <span>{ownerName}</span>
      <MailingState status={status} isActive={isActive} />
      {status === "created" && isActive && nextRunAt && (
        <span>{t.rich("startsAt", { when: () => <TimeAgo at={nextRunAt} ahead /> })}</span>
      )}
    </span>
  );
}
