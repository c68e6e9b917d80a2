"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { savePassword } from "./actions";
import { SettingsForm } from "./settings-form";

/** The change ends every session, this browser's too: it enters again with the new password. */
export function PasswordPanel({ email }: { email: string }) {
  const t = useTranslations("settings.password");
  const enterAgain = async (password: string) => {
    const entered = await import("next-auth/react")
      .then(({ signIn }) => signIn("credentials", { email, password, redirect: false }))
      .catch(() => undefined);
    if (!entered?.ok) window.location.assign("/login");
  };
  return (
    <Panel title={t("title")}>
      <SettingsForm
        save={({ current = "", next = "" }) => savePassword({ current, next })}
        saved={t("saved")}
        after={({ next = "" }) => enterAgain(next)}
        clears
        act={t("save")}
      >
        {(errors) => (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("current")} error={errors.current}>
              {(wiring) => (
                <PasswordInput {...wiring} name="current" autoComplete="current-password" />
              )}
            </Field>
            <Field label={t("next")} hint={t("hint")} error={errors.next}>
              {(wiring) => <PasswordInput {...wiring} name="next" autoComplete="new-password" />}
            </Field>
          </div>
        )}
      </SettingsForm>
    </Panel>
  );
}
