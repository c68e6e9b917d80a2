import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { DecisionLine } from "./decision-line";

/** Everything the ledger knows of a decision besides its sentence. */
export function DecisionDetails({ line }: { line: DecisionLine }) {
  const t = useTranslations("products.product");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const moment = (at: Date) => formatMoment(at, { locale, timeZone });
  const { trail, byHand, person, words, sentAt, confirmedAt, code, id } = line;
  const who = byHand ? (person ?? t("history.person")) : t("history.bot");
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-ink-soft text-sm">
      {trail.length > 0 && <Detail label={t("history.trail")}>{trail.join(" → ")}</Detail>}
      <Detail label={t("history.who")}>{who}</Detail>
      <Detail label={t("price.decided")}>{moment(words.at)}</Detail>
      {sentAt && <Detail label={t("price.sent")}>{moment(sentAt)}</Detail>}
      {confirmedAt && <Detail label={t("price.confirmed")}>{moment(confirmedAt)}</Detail>}
      <Detail label={t("history.code")}>
        <code className="break-all font-mono text-xs">{code}</code>
      </Detail>
      <Detail label={t("history.id")}>
        <code className="break-all font-mono text-xs">{id}</code>
      </Detail>
    </dl>
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
