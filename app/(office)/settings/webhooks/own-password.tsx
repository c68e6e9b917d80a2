"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";

/** Whoever gets a secret proves that it is the person who sits there. */
export function OwnPassword({ error }: { error: string | undefined }) {
  const t = useTranslations("webhooks");
  return (
    <Field label={t("password")} error={error}>
      {(wiring) => <PasswordInput {...wiring} name="current" autoComplete="current-password" />}
    </Field>
  );
}
