"use client";

import { useLocale, useTranslations } from "next-intl";
import { LanguageField } from "@/components/language-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { useChooseLocale } from "@/components/use-choose-locale";
import { PublicForm } from "../public-form";
import { accept } from "./actions";

/** Nobody is known yet: the language is kept with the account when there is one. */
const keepLater = async () => {};

export function AcceptForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("auth.invite");
  const locale = useLocale();
  const chooseLocale = useChooseLocale(keepLater);
  const enter = async ({ password = "" }: Record<string, string>) => {
    const { signIn } = await import("next-auth/react");
    await signIn("credentials", { email, password, redirect: false }).catch(() => null);
    window.location.assign("/");
  };
  return (
    <PublicForm
      save={({ name = "", password = "" }) => accept({ token, name, password, locale })}
      onSaved={enter}
      act={t("submit")}
      acting={t("pending")}
    >
      {(errors) => (
        <>
          <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
          <Field label={t("name")} error={errors.name}>
            {(wiring) => <Input {...wiring} name="name" autoComplete="name" required />}
          </Field>
          <Field label={t("password")} hint={t("passwordHint")} error={errors.password}>
            {(wiring) => (
              <PasswordInput {...wiring} name="password" autoComplete="new-password" required />
            )}
          </Field>
          <LanguageField label={t("language")} onChoose={chooseLocale} />
        </>
      )}
    </PublicForm>
  );
}
