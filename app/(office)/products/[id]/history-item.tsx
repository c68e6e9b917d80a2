import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/money";
import type { DecisionLine } from "@/components/repricing/decision-line";
import { StatusDot } from "@/components/ui/badge";
import { formatDayTime, formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";

/** One decision: when, from what to what, why, and what became of it. */
export function HistoryItem({ line }: { line: DecisionLine }) {
  const t = useTranslations("products.product.history");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const { words, change, dryRun } = line;
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-t py-2.5 md:grid-cols-[6.5rem_11rem_minmax(0,1fr)]">
      <time
        dateTime={words.at.toISOString()}
        title={formatMoment(words.at, { locale, timeZone })}
        className="text-ink-soft text-sm md:pt-px"
      >
        {formatDayTime(words.at, { locale, timeZone })}
      </time>
      <p className="font-medium text-sm md:pt-px">
        {change ? <Change {...change} /> : <span className="text-ink-faint">{t("unchanged")}</span>}
      </p>
      <div className="flex min-w-0 flex-col gap-1">
        <p>{words.text}</p>
        {words.fate && (
          <p className="text-ink-soft text-sm">
            <StatusDot tone={words.fate.tone} live={words.fate.live}>
              <span className="whitespace-normal">{words.fate.text}</span>
            </StatusDot>
          </p>
        )}
        {dryRun && <p className="text-ink-soft text-sm">{t("dryRun")}</p>}
        <Details line={line} />
      </div>
    </li>
  );
}

function Change({ before, after }: NonNullable<DecisionLine["change"]>) {
  return (
    <>
      <span className="text-ink-soft">
        <Money amount={before} />
      </span>{" "}
      <span aria-hidden="true">→</span> <Money amount={after} />
    </>
  );
}

function Details({ line }: { line: DecisionLine }) {
  const t = useTranslations("products.product");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const moment = (at: Date) => formatMoment(at, { locale, timeZone });
  const { trail, byHand, person, words, sentAt, confirmedAt, code, id } = line;
  const who = byHand ? (person ?? t("history.person")) : t("history.bot");
  return (
    <details className="text-sm">
      <summary className="w-fit rounded-sm text-ink-faint hover:text-ink">
        {t("history.details")}
      </summary>
      <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-ink-soft">
        {trail.length > 0 && <Detail label={t("history.trail")}>{trail.join(" → ")}</Detail>}
        <Detail label={t("history.who")}>{who}</Detail>
        <Detail label={t("price.decided")}>{moment(words.at)}</Detail>
        {sentAt && <Detail label={t("price.sent")}>{moment(sentAt)}</Detail>}
        {confirmedAt && <Detail label={t("price.confirmed")}>{moment(confirmedAt)}</Detail>}
        <Detail label={t("history.code")}>
          <code className="font-mono text-xs">{code}</code>
        </Detail>
        <Detail label={t("history.id")}>
          <code className="break-all font-mono text-xs">{id}</code>
        </Detail>
      </dl>
    </details>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
