import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";

/** What the page answers, and how old its answer is. */
export function Lead({ readAt }: { readAt: Date | null }) {
  const t = useTranslations("orders");
  return (
    <>
      {t("lead")} {readAt && t.rich("lastRead", { when: () => <TimeAgo at={readAt} /> })}
    </>
  );
}
