"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SettingsForm } from "../settings-form";
import { begin, confirm } from "./actions";
import { OwnPasswordField } from "./own-password-field";
import { RecoveryCodes } from "./recovery-codes";

type Enrolment = { secret: string; qr: string };

/** The password, then the telephone, then the recovery codes. */
export function EnableTwoFactor({ onDone }: { onDone: () => void }) {
  const t = useTranslations("settings.twoFactor");
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const ask = async ({ current = "" }: Record<string, string>) => {
    const outcome = await begin({ current });
    if (outcome.ok) setEnrolment(outcome.value);
    return outcome;
  };
  const show = async ({ code = "" }: Record<string, string>) => {
    const outcome = await confirm({ code });
    if (outcome.ok) setCodes(outcome.value);
    return outcome;
  };
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (enrolment)
    return (
      <SettingsForm key="telephone" save={show} act={t("confirm")}>
        {(errors) => (
          <>
            <p className="text-ink-soft">{t("scanLead")}</p>
            {/* biome-ignore lint/performance/noImgElement: drawn here and now, nothing to fetch. */}
            <img src={enrolment.qr} alt={t("qr")} className="size-44 self-center rounded-md" />
            <p className="text-ink-soft text-sm">
              {t("byHand")}{" "}
              <code className="break-all font-mono text-ink select-all">{enrolment.secret}</code>
            </p>
            <Field label={t("code")} error={errors.code}>
              {(wiring) => (
                <Input
                  {...wiring}
                  name="code"
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  maxLength={10}
                />
              )}
            </Field>
          </>
        )}
      </SettingsForm>
    );
  return (
    <SettingsForm key="password" save={ask} act={t("next")}>
      {(errors) => (
        <>
          <p className="text-ink-soft">{t("beginLead")}</p>
          <OwnPasswordField error={errors.current} />
        </>
      )}
    </SettingsForm>
  );
}
