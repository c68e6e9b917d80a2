"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PublicForm } from "../public-form";
import { ask } from "./actions";

/** Says the same whether the e-mail is known or not. */
export function ForgotForm({ byMail }: { byMail: boolean }) {
  const t = useTranslations("auth.forgot");
  const [asked, setAsked] = useState(false);
  if (asked)
    return (
      <>
        <Notice tone="blue">{t(byMail ? "sent" : "sentNoMail")}</Notice>
        <ButtonLink href="/login" size="lg">
          {t("toLogin")}
        </ButtonLink>
      </>
    );
  return (
    <PublicForm
      save={({ email = "" }) => ask({ email })}
      onSaved={() => setAsked(true)}
      act={t(byMail ? "submit" : "submitNoMail")}
      acting={t("pending")}
    >
      {(errors) => (
        <Field label={t("email")} error={errors.email}>
          {(wiring) => (
            <Input {...wiring} name="email" type="email" autoComplete="username" required />
          )}
        </Field>
      )}
    </PublicForm>
  );
}
