"use client";

import { LockClosedIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import type { KaspiCredentials } from "@/lib/accounts/model";
import type { ActionFailure } from "@/lib/auth/action";
import type { ConnectResult } from "@/lib/stores/model";
import { connect } from "./actions";
import { clockText, useCountdown } from "./use-countdown";

type Props = {
  login: string;
  training: KaspiCredentials | null;
  onConnected: (result: ConnectResult) => void;
};

type Failure = Pick<ActionFailure, "text" | "fields" | "retryAfterMs">;

export function ConnectForm({ login, training, onConnected }: Props) {
  const t = useTranslations();
  const form = useRef<HTMLFormElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wait, setWait] = useState<{ ms: number } | null>(null);
  const [pending, startTransition] = useTransition();
  const left = useCountdown(wait);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const credentials = {
      by: "email" as const,
      keepPassword: true,
      email: String(data.get("email")),
      password: String(data.get("password")),
    };
    startTransition(async () => {
      setFailure(null);
      const result = await connect(credentials).catch(() => null);
      if (result?.ok && result.value.kind === "done") return onConnected(result.value.result);
      if (result?.ok) return;
      const lost = { text: t("errors.no_connection"), fields: {}, retryAfterMs: null };
      const why = result?.failure ?? lost;
      setFailure(why);
      setWait(why.retryAfterMs === null ? null : { ms: why.retryAfterMs });
    });
  };
  const fillTraining = () => {
    for (const [name, value] of Object.entries(training ?? {})) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
  };
  const wrong = failure?.fields ?? {};

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {training && (login === "" || login === training.email) && (
        <Notice>
          <p>{t("stores.connect.training")}</p>
          <Button size="sm" onClick={fillTraining} className="mt-2">
            {t("stores.connect.fillTraining")}
          </Button>
        </Notice>
      )}
      {failure && <Notice tone="red">{failure.text}</Notice>}
      <Field label={t("stores.connect.email")} error={wrong.email}>
        {(wiring) => (
          <Input {...wiring} name="email" type="email" autoComplete="off" defaultValue={login} />
        )}
      </Field>
      <Field label={t("stores.connect.password")} error={wrong.password}>
        {(wiring) => <PasswordInput {...wiring} name="password" autoComplete="off" />}
      </Field>
      <p className="flex gap-2 text-ink-soft text-sm">
        <LockClosedIcon aria-hidden="true" className="mt-0.5 shrink-0" />
        {t("stores.connect.promise")}
      </p>
      <Button type="submit" look="primary" size="lg" pending={pending} disabled={left > 0}>
        {left > 0
          ? t("stores.connect.wait", { left: clockText(left) })
          : t(pending ? "stores.connect.pending" : "stores.connect.submit")}
      </Button>
      {pending && (
        <p role="status" className="text-center text-ink-faint text-sm">
          {t("stores.connect.patience")}
        </p>
      )}
    </form>
  );
}
