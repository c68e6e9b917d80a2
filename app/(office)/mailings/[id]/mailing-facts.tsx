import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { formatMoment } from "@/lib/i18n/dates";
import type { MailingView } from "@/lib/mailings/mailing-queries";

type Props = {
  mailing: MailingView;
  /** The office's: its clock begins mailings, whoever looks at them. */
  timeZone: string;
};

/** What goes to whom, and when. */
export function MailingFacts({ mailing, timeZone }: Props) {
  const t = useTranslations("mailings.facts");
  const locale = useLocale();
  const { messageId, subject, toAll, tags, chosen, firstAt, lastAt, repeats } = mailing;
  const shown = (at: Date) => formatMoment(at, { locale, timeZone });
  const facts = [
    {
      name: "letter",
      value: (
        <Link href={`/mailings/messages/${messageId}`} className="text-blue hover:underline">
          {subject}
        </Link>
      ),
    },
    {
      name: "to",
      value: toAll
        ? t("toAll")
        : [
            tags.length > 0 && t("tags", { tags: tags.join(", ") }),
            chosen > 0 && t("chosen", { count: chosen }),
          ]
            .filter(Boolean)
            .join("; "),
    },
    { name: "first", value: firstAt ? shown(firstAt) : t("byHand") },
    { name: "repeats", value: repeats === "none" ? null : t(`every.${repeats}`) },
    { name: "last", value: lastAt && shown(lastAt) },
    { name: "released", value: mailing.approvedAt && mailing.releasedBy },
    { name: "disabled", value: mailing.isActive ? null : mailing.disabledByName },
  ] as const;
  return (
    <Panel title={t("title")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 max-md:grid-cols-1 max-md:gap-y-0.5">
        {facts.map(
          ({ name, value }) =>
            value && (
              <div key={name} className="contents">
                <dt className="text-ink-soft">{t(name)}</dt>
                <dd className="min-w-0 break-words max-md:mb-1.5">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Panel>
  );
}
