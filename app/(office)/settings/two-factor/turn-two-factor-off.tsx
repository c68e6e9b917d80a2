"use client";

import { useTranslations } from "next-intl";
import { SettingsForm } from "../settings-form";
import { turnOff } from "./actions";
import { OwnPasswordField } from "./own-password-field";

export function TurnTwoFactorOff({ onDone }: { onDone: () => void }) {
  const t = useTranslations("settings.twoFactor");
  return (
    <SettingsForm
      save={({ current = "" }) => turnOff({ current })}
      saved={t("offDone")}
      after={onDone}
      act={t("turnOff")}
    >
      {(errors) => (
        <>
          <p className="text-ink-soft">{t("offLead")}</p>
          <OwnPasswordField error={errors.current} />
        </>
      )}
    </SettingsForm>
  );
}
