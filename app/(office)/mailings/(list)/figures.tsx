import { getLocale, getTranslations } from "next-intl/server";
import { formatNumber } from "@/lib/i18n/money";
import type { MailingFigures } from "@/lib/mailings/figure-queries";
import { OwnerFigures } from "./owner-figures";
import { PeriodChoice } from "./period-choice";

type Props = { figures: MailingFigures; days: number };

/** What is said in numbers above the list, and what came of letters by whose they are. */
export async function Figures({ figures, days }: Props) {
  const [t, locale] = await Promise.all([getTranslations("mailings.figures"), getLocale()]);
  const { total, active, recipients, byOwner } = figures;
  const heads = [
    { name: "total", value: total },
    { name: "active", value: active },
    { name: "recipients", value: recipients },
  ] as const;
  return (
    <section aria-label={t("label")} className="flex flex-col gap-3">
      <dl className="grid grid-cols-3 gap-px overflow-hidden rounded-lg border bg-line">
        {heads.map(({ name, value }) => (
          <div key={name} className="bg-surface px-4 py-3 max-md:px-3">
            <dt className="text-ink-soft text-sm">{t(name)}</dt>
            <dd className="font-semibold text-xl tabular-nums">
              {value === null ? t("hidden") : formatNumber(value, locale)}
            </dd>
          </div>
        ))}
      </dl>
      {total > 0 && (
        <div className="rounded-lg border bg-surface">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-3 pb-1">
            <h2 className="font-semibold">{t("lately")}</h2>
            <PeriodChoice days={days} />
          </div>
          {byOwner.length === 0 ? (
            <p className="px-4 pb-3 text-ink-soft">{t("none")}</p>
          ) : (
            <OwnerFigures lines={byOwner} />
          )}
        </div>
      )}
    </section>
  );
}
