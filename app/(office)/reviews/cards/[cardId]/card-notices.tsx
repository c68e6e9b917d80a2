import { useLocale, useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Notice } from "@/components/ui/notice";
import { formatNumber } from "@/lib/i18n/money";
import type { CardAnalysis } from "@/lib/reviews/analyse-card";

type Props = { found: CardAnalysis; isReading: boolean /** No file came. */; isTold: boolean };

/** How far what the page shows may be believed. */
export function CardNotices({ found, isReading, isTold }: Props) {
  const t = useTranslations("reviews.card");
  const tFile = useTranslations("tables.download");
  const locale = useLocale();
  const { source, read, total, oddDays } = found;
  const { lastReadAt, errorKey, isWhole } = source;
  const number = (value: number) => formatNumber(value, locale);
  const isPartial = !isReading && !isWhole && read > 0 && read < total;
  return (
    <>
      {isTold && <Notice tone="amber">{tFile("wait")}</Notice>}
      {errorKey && <Notice tone="amber">{t(read > 0 ? "failed" : "failedFirst")}</Notice>}
      {isReading && !errorKey && lastReadAt === null && <Notice>{t("reading")}</Notice>}
      {isPartial && <Notice>{t("partial", { read: number(read), total: number(total) })}</Notice>}
      {oddDays > 0 && <Notice>{t("odd", { count: oddDays, shown: number(oddDays) })}</Notice>}
      {lastReadAt && (
        <p className="text-ink-soft text-sm">
          {t.rich("read", { when: () => <TimeAgo at={lastReadAt} /> })}
        </p>
      )}
    </>
  );
}
