"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";

/** Proves that it is the person who sits there. */
export function OwnPasswordField({ error }: { error: string | undefined }) {
  const t = useTranslations("settings.twoFactor");
  return (
    <Field label={t("password")} error={error}>
      {(wiring) => <PasswordInput {...wiring} name="current" autoComplete="current-password" />}
    </Field>
  );
}
