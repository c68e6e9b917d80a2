"use client";

import { useTranslations } from "next-intl";
import { placeholders } from "@/lib/mailings/messages/placeholder-rules";

/** How a letter says what is each recipient's own. */
export function PlaceholderHelp() {
  const t = useTranslations("letters.placeholders");
  return (
    <section aria-label={t("title")} className="flex flex-col gap-1 rounded-md bg-sunken px-3 py-2">
      <p className="text-ink-soft text-sm">{t("lead")}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
        {placeholders.map((name) => (
          <div key={name} className="contents">
            <dt>
              <code>{`{{${name}}}`}</code>
            </dt>
            <dd className="text-ink-soft">{t(`what.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
