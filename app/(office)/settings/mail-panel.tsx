"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { saveMail } from "./actions";
import { SettingsForm } from "./settings-form";

const names = ["lettersPerMinute", "lettersPerHour", "failuresToPause"] as const;
type Mail = Record<(typeof names)[number], number> & { mailingsWantApproval: boolean };

/** How fast letters leave, when they stop by themselves, and whether a second person lets them leave. */
export function MailPanel({ mail }: { mail: Mail }) {
  const t = useTranslations("settings.mail");
  return (
    <Panel id="mail" title={t("title")}>
      <p className="text-ink-soft">{t("lead")}</p>
      <SettingsForm
        save={({
          lettersPerMinute = "",
          lettersPerHour = "",
          failuresToPause = "",
          mailingsWantApproval,
        }) =>
          saveMail({
            ...{ lettersPerMinute, lettersPerHour, failuresToPause },
            mailingsWantApproval: mailingsWantApproval === "on",
          })
        }
        saved={t("saved")}
        act={t("save")}
      >
        {(errors) => (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              {names.map((name) => (
                <Field
                  key={name}
                  label={t(`label.${name}`)}
                  hint={t(`hint.${name}`)}
                  error={errors[name]}
                >
                  {(wiring) => (
                    <Input
                      {...wiring}
                      name={name}
                      inputMode="numeric"
                      defaultValue={`${mail[name]}`}
                    />
                  )}
                </Field>
              ))}
            </div>
            <div className="flex flex-col gap-0.5">
              <Checkbox name="mailingsWantApproval" defaultChecked={mail.mailingsWantApproval}>
                {t("label.mailingsWantApproval")}
              </Checkbox>
              <p className="text-ink-faint text-sm">{t("hint.mailingsWantApproval")}</p>
            </div>
          </>
        )}
      </SettingsForm>
    </Panel>
  );
}
