import type { FieldName } from "@/lib/calculator/field-model";
import type { Outcome } from "@/lib/calculator/work-out";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";

export type Hints = Partial<Record<FieldName, string>>;

/** What counts where a field is left empty. */
export function hintsOf(
  { tariffs }: Outcome,
  { t, locale }: { t: Translator; locale: Locale },
): Hints {
  const byTariff = (value: string) => t("calculator.hint.tariff", { value });
  const usually = (value: string) => t("calculator.hint.usual", { value });
  const rate = (kind: "commission" | "kaspi_pay" | "tax") => {
    const tariff = tariffs[kind];
    return tariff ? byTariff(formatPercent(tariff.value.rate / 100, locale)) : undefined;
  };
  const usual = tariffs.usual?.value;
  const money = (amount: number | null | undefined) =>
    amount == null ? undefined : usually(formatMoney(amount, locale));
  const hints: Record<string, string | undefined> = {
    commission: rate("commission"),
    pay: rate("kaspi_pay"),
    tax: rate("tax"),
    packaging: money(usual?.packaging),
    other: money(usual?.other),
    returns: money(usual?.returns),
    ...(usual?.weightGrams && {
      weight: usually(`${formatNumber(usual.weightGrams, locale)} ${t("costs.input.grams")}`),
    }),
    ...(usual?.delivery && { delivery: usually(t(`calculator.delivery.${usual.delivery}`)) }),
  };
  return Object.fromEntries(Object.entries(hints).filter(([, hint]) => hint !== undefined));
}
