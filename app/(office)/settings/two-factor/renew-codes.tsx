"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SettingsForm } from "../settings-form";
import { renew } from "./actions";
import { OwnPasswordField } from "./own-password-field";
import { RecoveryCodes } from "./recovery-codes";

export function RenewCodes({ onDone }: { onDone: () => void }) {
  const t = useTranslations("settings.twoFactor");
  const [codes, setCodes] = useState<string[] | null>(null);
  const ask = async ({ current = "" }: Record<string, string>) => {
    const outcome = await renew({ current });
    if (outcome.ok) setCodes(outcome.value);
    return outcome;
  };
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  return (
    <SettingsForm save={ask} act={t("renew")}>
      {(errors) => (
        <>
          <p className="text-ink-soft">{t("renewLead")}</p>
          <OwnPasswordField error={errors.current} />
        </>
      )}
    </SettingsForm>
  );
}
