"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";

export type DemoLogin = { email: string; password: string };

type Props = {
  failure: string | null;
  pending: boolean;
  demo: DemoLogin | null;
  onLogin: (login: { email: string; password: string }) => void;
};

export function PasswordForm({ failure, pending, demo, onLogin }: Props) {
  const t = useTranslations("auth.login");
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    onLogin({ email: String(data.get("email")), password: String(data.get("password")) });
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
        <Link
          href="/forgot"
          className="self-start text-blue text-sm underline-offset-2 hover:underline pointer-coarse:py-2"
        >
          {t("forgot")}
        </Link>
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
