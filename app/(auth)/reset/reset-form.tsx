"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import { PublicForm } from "../public-form";
import { setPassword } from "./actions";

export function ResetForm({ token }: { token: string }) {
  const t = useTranslations("auth.reset");
  const [done, setDone] = useState(false);
  if (done)
    return (
      <>
        <Notice tone="green">{t("done")}</Notice>
        <ButtonLink href="/login" size="lg" look="primary">
          {t("toLogin")}
        </ButtonLink>
      </>
    );
  return (
    <PublicForm
      save={({ password = "" }) => setPassword({ token, password })}
      onSaved={() => setDone(true)}
      act={t("submit")}
      acting={t("pending")}
    >
      {(errors) => (
        <Field label={t("password")} hint={t("passwordHint")} error={errors.password}>
          {(wiring) => (
            <PasswordInput {...wiring} name="password" autoComplete="new-password" required />
          )}
        </Field>
      )}
    </PublicForm>
  );
}
