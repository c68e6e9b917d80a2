import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Notice } from "@/components/ui/notice";
import { formatNumber } from "@/lib/i18n/money";
import type { Rehearsal } from "@/lib/mailings/rehearse";

/** What would happen if it were sent now: who gets it, who does not and why, the first letters. */
export function RehearsalPanel({ rehearsal }: { rehearsal: Rehearsal }) {
  const t = useTranslations("mailings.rehearsal");
  const locale = useLocale();
  const { count, skipped, skippedSome, letters, unknown, nameless } = rehearsal;
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
      {nameless > 0 && <Notice tone="amber">{t("nameless", { count: nameless })}</Notice>}
      {skippedSome.length > 0 && (
        <details>
          <summary className="cursor-pointer text-ink-soft text-sm">{t("whoSkipped")}</summary>
          <ul className="mt-1 flex flex-col gap-0.5 text-sm">
            {skippedSome.map(({ email, reason }) => (
              <li key={email} className="flex flex-wrap justify-between gap-x-4">
                <span className="break-all">{email}</span>
                <span className="text-ink-soft">{t(`why.${reason}`)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {letters.length > 0 && (
        <ol className="flex flex-col gap-3">
          {letters.map(({ messageId, to, subject, text }) => (
            <li key={messageId} className="rounded-md border px-3 py-2">
              <p className="text-ink-soft text-sm">
                {to.name} <span className="break-all">{to.address}</span>
              </p>
              <p className="font-medium">{subject}</p>
              <p className="line-clamp-6 whitespace-pre-line text-sm">{text}</p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
