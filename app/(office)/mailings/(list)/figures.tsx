import { getLocale, getTranslations } from "next-intl/server";
import { formatNumber } from "@/lib/i18n/money";
import type { mailingFigures } from "@/lib/mailings/list-queries";

type Props = { figures: Awaited<ReturnType<typeof mailingFigures>>; days: number };

/** What is said in numbers above the list, and what came of letters by whose they are. */
export async function Figures({ figures, days }: Props) {
  const [t, locale] = await Promise.all([getTranslations("mailings.figures"), getLocale()]);
  const number = (value: number) => formatNumber(value, locale);
  const { total, active, recipients, byOwner } = figures;
  const heads = [
    { name: "total", value: total },
    { name: "active", value: active },
    { name: "recipients", value: recipients },
  ] as const;
  return (
    <section aria-label={t("label")} className="flex flex-col gap-3">
      <dl className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
        {heads.map(({ name, value }) => (
          <div key={name} className="rounded-lg border bg-surface px-4 py-3">
            <dt className="text-ink-soft text-sm">{t(name)}</dt>
            <dd className="font-semibold text-xl tabular-nums">{number(value)}</dd>
          </div>
        ))}
      </dl>
      {byOwner.length > 0 && (
        <table className="w-full rounded-lg border bg-surface text-sm tabular-nums">
          <caption className="px-4 pt-3 pb-1 text-left text-ink-soft">
            {t("lately", { count: days })}
          </caption>
          <thead className="text-ink-soft">
            <tr>
              <th className="px-4 py-1.5 text-left font-normal">{t("owner")}</th>
              <th className="px-4 py-1.5 text-right font-normal">{t("runs")}</th>
              <th className="px-4 py-1.5 text-right font-normal">{t("succeeded")}</th>
              <th className="px-4 py-1.5 text-right font-normal">{t("failed")}</th>
            </tr>
          </thead>
          <tbody>
            {byOwner.map((line) => (
              <tr key={line.ownerId} className="border-t">
                <td className="px-4 py-1.5">{line.ownerName}</td>
                <td className="px-4 py-1.5 text-right">{number(line.runs)}</td>
                <td className="px-4 py-1.5 text-right">{number(line.succeeded)}</td>
                <td className="px-4 py-1.5 text-right">{number(line.failed + line.unknown)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
