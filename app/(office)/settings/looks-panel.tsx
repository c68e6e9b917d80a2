"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { LanguageField } from "@/components/language-field";
import { themeOnPage, wearTheme } from "@/components/page-theme";
import { Panel } from "@/components/panel";
import { isTheme, themes } from "@/components/theme";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useChooseLocale } from "@/components/use-choose-locale";
import { chooseLocale } from "../actions";

/** Language and theme are kept as soon as they are chosen. */
export function LooksPanel() {
  const t = useTranslations("settings.looks");
  const tCommon = useTranslations("common");
  const choose = useChooseLocale(chooseLocale);
  return (
    <Panel title={t("title")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <LanguageField label={tCommon("user.language")} onChoose={choose} />
        <ThemeChoice />
      </div>
      <p className="text-ink-soft text-sm">{t("hint")}</p>
    </Panel>
  );
}

function ThemeChoice() {
  const t = useTranslations("common");
  // The server does not know what the page wears, and somebody may choose before the page has come alive.
  const wear = useCallback((select: HTMLSelectElement | null) => {
    if (!select) return;
    const [drawn] = themes;
    if (isTheme(select.value) && select.value !== drawn) wearTheme(select.value);
    else select.value = themeOnPage();
  }, []);
  return (
    <Field label={t("user.theme")}>
      {(wiring) => (
        <Select
          {...wiring}
          ref={wear}
          options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
          onChange={({ target }) => isTheme(target.value) && wearTheme(target.value)}
        />
      )}
    </Field>
  );
}
