"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { PublicForm } from "../public-form";
import { createOwner } from "./actions";

export function SetupForm({ token }: { token: string }) {
  const t = useTranslations("auth.setup");
  const enter = async ({ email = "", password = "" }: Record<string, string>) => {
    await signIn("credentials", { email, password, redirect: false }).catch(() => null);
    window.location.assign("/");
  };
  return (
    <PublicForm
      save={({ name = "", email = "", password = "" }) =>
        createOwner({ token, name, email, password })
      }
      onSaved={enter}
      act={t("submit")}
      acting={t("pending")}
    >
      {(errors) => (
        <>
          <Field label={t("name")} error={errors.name}>
            {(wiring) => <Input {...wiring} name="name" autoComplete="name" required />}
          </Field>
          <Field label={t("email")} hint={t("emailHint")} error={errors.email}>
            {(wiring) => (
              <Input {...wiring} name="email" type="email" autoComplete="username" required />
            )}
          </Field>
          <Field label={t("password")} hint={t("passwordHint")} error={errors.password}>
            {(wiring) => (
              <PasswordInput {...wiring} name="password" autoComplete="new-password" required />
            )}
          </Field>
        </>
      )}
    </PublicForm>
  );
}
