"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { errorText } from "@/lib/i18n/error-text";
import { CodeForm } from "./code-form";
import { type DemoLogin, PasswordForm } from "./password-form";
import { isCodeWanted, ownAddress, signInFailure } from "./sign-in-failure";

type Login = { email: string; password: string };
type Props = { callbackUrl: string | undefined; demo: DemoLogin | null };

/** The password, and for who has two-factor on the code; both are sent together, so there is no half a session. */
export function LoginForm({ callbackUrl, demo }: Props) {
  const t = useTranslations();
  const [failure, setFailure] = useState<string | null>(null);
  const [halfway, setHalfway] = useState<Login | null>(null);
  const [pending, startTransition] = useTransition();

  const enter = (login: Login, code?: string) =>
    startTransition(async () => {
      setFailure(null);
      const given = { ...login, ...(code && { code }) };
      const result = await import("next-auth/react")
        .then(({ signIn }) => signIn("credentials", { ...given, redirect: false }))
        .catch(() => undefined);
      if (result?.ok)
        return window.location.assign(ownAddress(callbackUrl, window.location.origin));
      const error = result?.error ?? "";
      if (isCodeWanted(error)) return setHalfway(login);
      setFailure(errorText(t, signInFailure(error)));
    });
  const back = () => {
    setFailure(null);
    setHalfway(null);
  };

  if (halfway)
    return (
      <CodeForm
        failure={failure}
        pending={pending}
        onCode={(code) => enter(halfway, code)}
        onBack={back}
      />
    );
  return <PasswordForm failure={failure} pending={pending} demo={demo} onLogin={enter} />;
}
