"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { MOST_ATTEMPTS } from "@/lib/accounts/attempts-model";
import type { WaitingLogin } from "@/lib/accounts/model";
import type { ConnectStep } from "@/lib/stores/model";
import { answerLogin } from "./actions";
import { clockText, useCountdown } from "./use-countdown";
import { type StepFailure, useLoginStep } from "./use-login-step";

type Waiting = Extract<WaitingLogin, { kind: "needs_code" }>;

type Props = {
  login: Waiting;
  onStep: (step: ConnectStep) => void;
  /** Back to the beginning, with what there is to say about it. */
  onRestart: (why: string | null) => void;
};

/** Nothing can be done with these logins any more. */
const over = new Set(["login_expired", "login_gone"]);
const LONGEST_CODE = 8;

/** The code Kaspi has sent: typed or pasted, or asked for again. */
export function CodeStep({ login, onStep, onRestart }: Props) {
  const t = useTranslations("stores.connect.code");
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const [left, setLeft] = useState(login.attemptsLeft);
  const [resendWait, setResendWait] = useState({ ms: login.resendInMs });
  const expires = useCountdown(useMemo(() => ({ ms: login.expiresInMs }), [login]));
  const resend = useCountdown(resendWait);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    setLeft(login.attemptsLeft);
    setResendWait({ ms: login.resendInMs });
  }, [login]);

  const onFailure = ({ key, text, retryAfterMs }: StepFailure) => {
    if (over.has(key)) return onRestart(text);
    if (key === "login_code_wrong") setLeft((known) => Math.max(0, known - 1));
    if (key === "login_code_old" || key === "login_lost") setResendWait({ ms: 0 });
    if (retryAfterMs !== null) setResendWait({ ms: retryAfterMs });
    field.current?.select();
  };
  const { run, failure, pending } = useLoginStep({ onStep, onFailure });
  const { pendingId } = login;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(() => answerLogin({ pendingId, reply: { kind: "code", code } }));
  };
  const sendAgain = () => {
    setCode("");
    run(() => answerLogin({ pendingId, reply: { kind: "send_again" } }));
  };

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-ink-soft">
        {t.rich(`sent.${login.channel}`, {
          to: () => <span className="whitespace-nowrap">{login.sentTo ?? login.login}</span>,
        })}
      </p>
      {failure && <Notice tone="red">{failure.text}</Notice>}
      <Field
        label={t("label")}
        hint={left < MOST_ATTEMPTS ? t("attemptsLeft", { count: left }) : t("hint")}
        error={failure?.fields["reply.code"]}
      >
        {(wiring) => (
          <Input
            {...wiring}
            ref={field}
            value={code}
            onChange={(event) =>
              setCode(event.target.value.replace(/\D/g, "").slice(0, LONGEST_CODE))
            }
            inputMode="numeric"
            autoComplete="one-time-code"
            className="text-lg tabular-nums tracking-widest"
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" pending={pending} disabled={left === 0}>
        {t(pending ? "pending" : "submit")}
      </Button>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button size="sm" onClick={sendAgain} disabled={pending || resend > 0}>
          {resend > 0 ? t("resendIn", { left: clockText(resend) }) : t("resend")}
        </Button>
        <Button size="sm" look="ghost" onClick={() => onRestart(null)} disabled={pending}>
          {t("restart")}
        </Button>
      </div>
      <p className="text-ink-faint text-sm">
        {expires > 0 ? t("expiresIn", { left: clockText(expires) }) : t("expired")}
      </p>
    </form>
  );
}
