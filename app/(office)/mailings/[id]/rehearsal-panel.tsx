import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Notice } from "@/components/ui/notice";
import { formatNumber } from "@/lib/i18n/money";
import type { Rehearsal } from "@/lib/mailings/rehearse";
import { LetterViews } from "../messages/letter-views";

/** What would happen if it were sent now: who gets it, who does not and why, the first letters. */
export function RehearsalPanel({ rehearsal }: { rehearsal: Rehearsal }) {
  const t = useTranslations("mailings.rehearsal");
  const locale = useLocale();
  const { count, skipped, skippedSome, letters, unknown, nameless } = rehearsal;
  const more = skipped.unsubscribed + skipped.bounced - skippedSome.length;
  return (
    <Panel title={t("title")}>
      <p>
        {t("count", { count, number: formatNumber(count, locale) })}
        {skipped.unsubscribed > 0 && ` ${t("unsubscribed", { count: skipped.unsubscribed })}`}
        {skipped.bounced > 0 && ` ${t("bounced", { count: skipped.bounced })}`}
      </p>
      {unknown.length > 0 && (
        <Notice tone="red" title={t("unknownTitle")}>
          {t("unknown", { names: unknown.map((name) => `{{${name}}}`).join(", ") })}
        </Notice>
      )}
      {count === 0 && <Notice tone="amber">{t("nobody")}</Notice>}
      {nameless > 0 && <Notice tone="amber">{t("nameless", { count: nameless })}</Notice>}
      {skippedSome.length > 0 && (
        <details>
          <summary className="cursor-pointer text-ink-soft">{t("whoSkipped")}</summary>
          <ul className="mt-1 flex max-w-xl flex-col gap-0.5 text-sm">
            {skippedSome.map(({ email, reason }) => (
              <li key={email} className="flex flex-wrap justify-between gap-x-4">
                <span className="break-all">{email}</span>
                <span className="text-ink-soft">{t(`why.${reason}`)}</span>
              </li>
            ))}
          </ul>
          {more > 0 && (
            <p className="text-ink-faint text-sm">
              {t("more", { more: formatNumber(more, locale) })}
            </p>
          )}
        </details>
      )}
      {letters.length > 0 && (
        <section aria-label={t("letters")} className="flex flex-col gap-2">
          <h3 className="font-medium text-sm">{t("letters")}</h3>
          {letters.map(({ messageId, to, subject, text, html }, nth) => (
            <details key={messageId} open={nth === 0} className="rounded-md border px-3 py-2">
              <summary className="cursor-pointer break-words">
                {to.name} <span className="break-all text-ink-soft">{to.address}</span>
              </summary>
              <div className="mt-2">
                <LetterViews letter={{ subject, text, html }} />
              </div>
            </details>
          ))}
        </section>
      )}
    </Panel>
  );
}
