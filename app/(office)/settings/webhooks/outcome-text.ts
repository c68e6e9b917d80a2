import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/lib/i18n/money";
import type { Trouble } from "@/lib/webhooks/event-model";

type Outcome = { status: number | null; trouble: Trouble | null; tookMs: number | null };

/** What came of an attempt, in a sentence. */
export function useOutcomeText(): (outcome: Outcome) => string {
  const t = useTranslations("webhooks.outcome");
  const locale = useLocale();
  return ({ status, trouble, tookMs }) => {
    const code = String(status ?? "");
    const ms = formatNumber(tookMs ?? 0, locale);
    return trouble === null ? t("accepted", { code, ms }) : t(trouble, { code });
  };
}
