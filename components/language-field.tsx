"use client";

import { useLocale } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { isLocale, type Locale, localeNames, locales } from "@/lib/i18n/locales";

type Props = { label: string; onChoose: (locale: Locale) => void };

/** The language of the page; another is spoken as soon as it is chosen. */
export function LanguageField({ label, onChoose }: Props) {
  const locale = useLocale();
  return (
    <Field label={label}>
      {(wiring) => (
        <Select
          {...wiring}
          value={locale}
          options={locales.map((value) => ({ value, label: localeNames[value] }))}
          onChange={({ target }) => isLocale(target.value) && onChoose(target.value)}
        />
      )}
    </Field>
  );
}
