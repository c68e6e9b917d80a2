"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import type { ActionFailure } from "@/lib/auth/action";
import { createOwner } from "./actions";

export function SetupForm({ token }: { token: string }) {
  const t = useTranslations("auth.setup");
  const tErrors = useTranslations("errors");
  const [failure, setFailure] = useState<Pick<ActionFailure, "text" | "fields"> | null>(null);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const owner = {
      name: String(data.get("name")),
      email: String(data.get("email")),
      password: String(data.get("password")),
    };
    startTransition(async () => {
      setFailure(null);
      const result = await createOwner({ token, ...owner }).catch(() => null);
      if (result === null) return setFailure({ text: tErrors("no_connection"), fields: {} });
      if (!result.ok) return setFailure(result.failure);
      await signIn("credentials", { ...owner, redirect: false }).catch(() => null);
      window.location.assign("/");
    });
  };

  const wrong = failure?.fields ?? {};
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure.text}</Notice>}
      <Field label={t("name")} error={wrong.name}>
        {(wiring) => <Input {...wiring} name="name" autoComplete="name" required />}
      </Field>
      <Field label={t("email")} hint={t("emailHint")} error={wrong.email}>
        {(wiring) => (
          <Input {...wiring} name="email" type="email" autoComplete="username" required />
        )}
      </Field>
      <Field label={t("password")} hint={t("passwordHint")} error={wrong.password}>
        {(wiring) => (
          <PasswordInput {...wiring} name="password" autoComplete="new-password" required />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" pending={pending} className="mt-1">
        {t(pending ? "pending" : "submit")}
      </Button>
    </form>
  );
}
