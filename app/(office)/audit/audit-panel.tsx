"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SidePanel } from "@/components/ui/side-panel";
import { UrlLink } from "@/components/ui/url-link";
import { formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { AuditLine } from "./audit-line";
import { ChangeList } from "./change-list";

type Props = { line: AuditLine; onClose: () => void };

/** One entry beside the list: everything it says, and the ways to what belongs to it. */
export function AuditPanel({ line, onClose }: Props) {
  const t = useTranslations("audit.panel");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const technical = { action: line.action, request: line.requestId, run: line.runId, id: line.id };
  return (
    <SidePanel open onClose={onClose} title={line.what} lead={line.subject}>
      <div className="flex flex-col gap-5">
        {line.changes.length > 0 && (
          <section className="flex flex-col gap-1">
            <h3 className="text-ink-soft text-sm">{t("changes")}</h3>
            <ChangeList changes={line.changes} />
          </section>
        )}
        <dl className="flex flex-col gap-2">
          <Fact label={t("when")}>{formatMoment(line.at, { locale, timeZone })}</Fact>
          <Fact label={t("who")}>{line.who}</Fact>
          {line.storeName && <Fact label={t("store")}>{line.storeName}</Fact>}
          {line.from && <Fact label={t("from")}>{line.from}</Fact>}
          {line.keyName && <Fact label={t("key")}>{line.keyName}</Fact>}
          {line.facts.map(({ label, value }) => (
            <Fact key={label} label={label}>
              {value}
            </Fact>
          ))}
        </dl>
        <Only line={line} />
        <dl className="flex flex-col gap-2 border-t pt-4 text-ink-soft text-sm">
          {Object.entries(technical).map(
            ([name, value]) =>
              value && (
                <Fact key={name} label={t(name as keyof typeof technical)}>
                  <span className="break-all font-mono text-xs">{value}</span>
                </Fact>
              ),
          )}
        </dl>
      </div>
    </SidePanel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8rem_1fr] gap-3">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** What else is of the same subject, request, address, person or kind. */
function Only({ line }: { line: AuditLine }) {
  const t = useTranslations("audit.panel.only");
  const ways = {
    subject: line.subjectId,
    request: line.requestId,
    address: line.address,
    person: line.userId,
    action: line.action,
  };
  return (
    <nav aria-label={t("label")}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-blue text-sm">
        {Object.entries(ways).map(
          ([name, value]) =>
            value && (
              <li key={name}>
                <UrlLink
                  patch={{ [name]: value, entry: null, before: null }}
                  className="hover:underline"
                >
                  {t(name as keyof typeof ways)}
                </UrlLink>
              </li>
            ),
        )}
      </ul>
    </nav>
  );
}
