"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type RefObject, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { KaspiCredentials, LoginRequest } from "@/lib/accounts/model";
import { isPhone } from "@/lib/core/login-label";
import type { ConnectStep } from "@/lib/stores/model";
import { connect } from "./actions";
import { EmailFields, PhoneFields } from "./connect-fields";
import { clockText, useCountdown } from "./use-countdown";
import { useLoginStep } from "./use-login-step";

type Props = {
  login: string;
  /** How long Kaspi still wants no login of it. */
  waitMs: number;
  training: KaspiCredentials | null;
  /** Why the login before this one is over. */
  said: string | null;
  onStep: (step: ConnectStep) => void;
};

type Way = "email" | "phone";

/** The fields that say who logs in. */
const names = new Set(["email", "phone"]);

/** How a person logs in to Kaspi: by e-mail and password, or by phone and a text message. */
export function ConnectForm({ login, waitMs, training, said, onStep }: Props) {
  const t = useTranslations("stores.connect");
  const form = useRef<HTMLFormElement>(null);
  const [way, setWay] = useState<Way>(isPhone(login) ? "phone" : "email");
  const [wait, setWait] = useState(waitMs > 0 ? { ms: waitMs } : null);
  const left = useCountdown(wait);
  const { run, failure, pending } = useLoginStep({
    onStep,
    onFailure: ({ retryAfterMs: ms }) => setWait(ms === null ? null : { ms }),
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    run(() => connect(requestOf(way, typed)));
  };
  const words = failure?.text ?? said;
  const wrong = failure?.fields ?? {};

  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      onInput={({ target }) => {
        // Kaspi's break is that login's; another one need not wait.
        if (target instanceof HTMLInputElement && names.has(target.name)) setWait(null);
      }}
      className="flex flex-col gap-4"
    >
      {training && way === "email" && (login === "" || login === training.email) && (
        <TrainingLogin form={form} training={training} />
      )}
      {words && <Notice tone="red">{words}</Notice>}
      <SegmentedControl<Way>
        label={t("way")}
        value={way}
        options={[
          { value: "email", label: t("byEmail") },
          { value: "phone", label: t("byPhone") },
        ]}
        onChoose={setWay}
      />
      {way === "email" ? (
        <EmailFields login={isPhone(login) ? "" : login} wrong={wrong} />
      ) : (
        <PhoneFields login={isPhone(login) ? login : ""} wrong={wrong} />
      )}
      <SubmitButton way={way} left={left} pending={pending} />
    </form>
  );
}

function requestOf(way: Way, typed: FormData): LoginRequest {
  const text = (name: string) => String(typed.get(name) ?? "");
  if (way === "phone") return { by: "phone", phone: text("phone") };
  const keepPassword = typed.has("keepPassword");
  return { by: "email", email: text("email"), password: text("password"), keepPassword };
}

type TrainingProps = { form: RefObject<HTMLFormElement | null>; training: KaspiCredentials };

/** Fills in a login of the training Kaspi. */
function TrainingLogin({ form, training }: TrainingProps) {
  const t = useTranslations("stores.connect");
  const fill = () => {
    for (const [name, value] of Object.entries(training)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
  };
  return (
    <Notice>
      <p>{t("training")}</p>
      <Button size="sm" onClick={fill} className="mt-2">
        {t("fillTraining")}
      </Button>
    </Notice>
  );
}

function SubmitButton({ way, left, pending }: { way: Way; left: number; pending: boolean }) {
  const t = useTranslations("stores.connect");
  const act = way === "phone" ? "sendCode" : "submit";
  return (
    <>
      <Button type="submit" look="primary" size="lg" pending={pending} disabled={left > 0}>
        {left > 0 ? t("wait", { left: clockText(left) }) : t(pending ? "pending" : act)}
      </Button>
      {pending && (
        <p role="status" className="text-center text-ink-faint text-sm">
          {t("patience")}
        </p>
      )}
    </>
  );
}
