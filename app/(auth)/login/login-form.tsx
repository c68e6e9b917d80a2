"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import { errorText } from "@/lib/i18n/error-text";
import { ownAddress, signInFailure } from "./sign-in-failure";

export type DemoLogin = { email: string; password: string };

type Props = { callbackUrl: string | undefined; demo: DemoLogin | null };

export function LoginForm({ callbackUrl, demo }: Props) {
  const t = useTranslations("auth.login");
  const tAll = useTranslations();
  const form = useRef<HTMLFormElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = String(data.get("email"));
    const password = String(data.get("password"));
    startTransition(async () => {
      setFailure(null);
      const result = await import("next-auth/react")
        .then(({ signIn }) => signIn("credentials", { email, password, redirect: false }))
        .catch(() => undefined);
      if (result?.ok)
        return window.location.assign(ownAddress(callbackUrl, window.location.origin));
      setFailure(errorText(tAll, signInFailure(result?.error ?? "")));
    });
  };

  const fillDemo = () => {
    for (const [name, value] of Object.entries(demo ?? {})) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
  };

  return (
    <>
      <form ref={form} onSubmit={submit} className="flex flex-col gap-4">
        {failure && <Notice tone="red">{failure}</Notice>}
        <Field label={t("email")}>
          {(wiring) => (
            <Input {...wiring} name="email" type="email" autoComplete="username" required />
          )}
        </Field>
        <Field label={t("password")}>
          {(wiring) => (
            <PasswordInput {...wiring} name="password" autoComplete="current-password" required />
          )}
        </Field>
        <Button type="submit" look="primary" size="lg" pending={pending} className="mt-1">
          {t(pending ? "pending" : "submit")}
        </Button>
      </form>
      {demo && (
        <Notice
          action={
            <Button size="sm" onClick={fillDemo}>
              {t("demoFill")}
            </Button>
          }
        >
          <p className="font-medium text-sm">{t("demo")}</p>
          <p className="text-ink-soft text-sm">{demo.email}</p>
          <p className="text-ink-soft text-sm">{demo.password}</p>
        </Notice>
      )}
    </>
  );
}
