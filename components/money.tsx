import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/lib/i18n/money";

type Props = {
  amount: number | null;
  /** Says what the missing amount means; a dash with «нет» for a screen reader by default. */
  empty?: string;
};

export function Money({ amount, empty }: Props) {
  const locale = useLocale();
  const t = useTranslations("common");
  if (amount !== null)
    return <span className="whitespace-nowrap">{formatMoney(amount, locale)}</span>;
  if (empty) return <span className="text-ink-faint">{empty}</span>;
  return (
    <span className="text-ink-faint">
      <span aria-hidden="true">—</span>
      <span className="sr-only">{t("noValue")}</span>
    </span>
  );
}
