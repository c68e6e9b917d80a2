"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/lib/i18n/money";
import type { ImportAnswer } from "./file/import-answer";

const counts = ["lines", "added", "updated", "there", "twice", "unreadable"] as const;

/** Whom the file adds, in numbers, and each line that adds nobody. */
export function ImportFindings({ report }: { report: ImportAnswer | null }) {
  const t = useTranslations("recipients.import");
  const locale = useLocale();
  if (!report) return null;
  const { findings, there, updated, twice, unreadable } = report;
  const all = there - updated + twice + unreadable;
  return (
    <div aria-live="polite" className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-3 rounded-md bg-sunken px-3 py-2 sm:grid-cols-3 xl:grid-cols-6">
        {counts.map((name) => (
          <div key={name}>
            <dt className="text-ink-soft text-xs">{t(`count.${name}`)}</dt>
            <dd className="font-semibold text-lg">{formatNumber(report[name], locale)}</dd>
          </div>
        ))}
      </dl>
      {findings.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <section aria-label={t("findings")} tabIndex={0} className="max-h-96 overflow-auto">
          <table className="w-full text-sm md:min-w-120">
            <caption className="py-1 text-left font-semibold">{t("findings")}</caption>
            <thead className="text-ink-faint text-xs">
              <tr>
                <th className="py-1 pr-3 text-left font-normal">{t("line")}</th>
                <th className="py-1 pr-3 text-left font-normal">{t("email")}</th>
                <th className="py-1 text-left font-normal">{t("what")}</th>
              </tr>
            </thead>
            <tbody>
              {findings.map((finding) => (
                <tr key={finding.line}>
                  <td className="border-t py-1 pr-3 align-baseline">{finding.line}</td>
                  <td className="border-t py-1 pr-3 max-md:break-all">{finding.email}</td>
                  <td className="border-t py-1">{finding.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {all > findings.length && (
            <p className="text-ink-faint text-sm">
              {t("more", { shown: formatNumber(findings.length, locale) })}
            </p>
          )}
        </section>
      )}
    </div>
  );
}
