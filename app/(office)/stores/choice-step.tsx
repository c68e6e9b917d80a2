"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { WaitingLogin } from "@/lib/accounts/model";
import type { ConnectStep } from "@/lib/stores/model";
import { answerLogin } from "./actions";
import { useLoginStep } from "./use-login-step";

type Props = {
  login: Extract<WaitingLogin, { kind: "choose_merchant" }>;
  onStep: (step: ConnectStep) => void;
  onRestart: (why: string | null) => void;
};

/** Kaspi lets this login into one shop at a time: which? */
export function ChoiceStep({ login, onStep, onRestart }: Props) {
  const t = useTranslations("stores.connect.choice");
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [uid, setUid] = useState(login.merchants[0]?.uid ?? "");
  const { run, failure, pending } = useLoginStep({
    onStep,
    onFailure: ({ key, text }) =>
      (key === "login_expired" || key === "login_gone" || key === "login_lost") && onRestart(text),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(() => answerLogin({ pendingId: login.pendingId, reply: { kind: "merchant", uid } }));
  };
  if (login.merchants.length === 0)
    return (
      <div className="flex flex-col gap-4">
        <Notice tone="red">{t("unreadable")}</Notice>
        <Button onClick={() => onRestart(null)}>{t("restart")}</Button>
      </div>
    );
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure.text}</Notice>}
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-2 text-ink-soft">{t("lead")}</legend>
        {login.merchants.map((merchant, nth) => (
          <label
            key={merchant.uid}
            className="flex min-h-10 items-center gap-2.5 rounded-md border px-3 has-checked:border-blue"
          >
            <input
              type="radio"
              ref={nth === 0 ? first : null}
              name="merchant"
              value={merchant.uid}
              checked={merchant.uid === uid}
              onChange={() => setUid(merchant.uid)}
              className="accent-blue"
            />
            <span className="min-w-0">
              {merchant.name ?? merchant.uid}
              {merchant.name && <span className="text-ink-faint text-sm"> {merchant.uid}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" look="primary" size="lg" pending={pending}>
        {t(pending ? "pending" : "submit")}
      </Button>
      <Button size="sm" look="ghost" onClick={() => onRestart(null)} disabled={pending}>
        {t("restart")}
      </Button>
    </form>
  );
}
