"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  clockOf,
  minutesOf,
  reminders,
  type TellingSettings,
  usualSettings,
} from "@/lib/telling/settings-model";
import { topics } from "@/lib/telling/topic-model";
import { SettingsForm } from "../settings-form";
import { saveTelling } from "./actions";

type Remind = TellingSettings["remindMinutes"];

const remindIn = (values: Record<string, string>): Remind =>
  reminders.find((one) => `${one}` === values.remindMinutes) ?? null;

/** What stands in the fields, as it is kept. A box that is not ticked is not there. */
function chosenIn(values: Record<string, string>): TellingSettings {
  return {
    off: topics.filter((topic) => values[`topic-${topic}`] === undefined),
    quietFrom: minutesOf(values.quietFrom ?? ""),
    quietUntil: minutesOf(values.quietUntil ?? ""),
    remindMinutes: remindIn(values),
    digestAt: minutesOf(values.digestAt ?? "") ?? usualSettings.digestAt,
  };
}

const typed = (minute: number | null) => (minute === null ? "" : clockOf(minute));

/** What is told in Telegram and when. */
export function TellingForm({ settings }: { settings: TellingSettings }) {
  const t = useTranslations("telling");
  const { off, quietFrom, quietUntil, remindMinutes, digestAt } = settings;
  return (
    <SettingsForm
      save={(values) => saveTelling(chosenIn(values))}
      saved={t("panel.saved")}
      act={t("panel.save")}
    >
      {(errors) => (
        <>
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 font-medium">{t("panel.what")}</legend>
            <div className="grid gap-x-4 sm:grid-cols-2">
              {topics.map((topic) => (
                <Checkbox
                  key={topic}
                  name={`topic-${topic}`}
                  value="on"
                  defaultChecked={!off.includes(topic)}
                >
                  {t(`topic.${topic}`)}
                </Checkbox>
              ))}
            </div>
          </fieldset>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label={t("panel.quietFrom")}
              hint={t("panel.quietHint")}
              error={errors.quietFrom}
            >
              {(wiring) => (
                <Input {...wiring} type="time" name="quietFrom" defaultValue={typed(quietFrom)} />
              )}
            </Field>
            <Field label={t("panel.quietUntil")} error={errors.quietUntil}>
              {(wiring) => (
                <Input {...wiring} type="time" name="quietUntil" defaultValue={typed(quietUntil)} />
              )}
            </Field>
            <RemindField chosen={remindMinutes} error={errors.remindMinutes} />
            <Field label={t("panel.digestAt")} hint={t("panel.digestHint")} error={errors.digestAt}>
              {(wiring) => (
                <Input {...wiring} type="time" name="digestAt" defaultValue={typed(digestAt)} />
              )}
            </Field>
          </div>
        </>
      )}
    </SettingsForm>
  );
}

/** Deadlines are told ahead in the office, too, where it has no bot. */
export function RemindForm({ settings }: { settings: TellingSettings }) {
  const t = useTranslations("telling");
  return (
    <SettingsForm
      save={(values) => saveTelling({ ...settings, remindMinutes: remindIn(values) })}
      saved={t("panel.saved")}
      act={t("panel.save")}
    >
      {(errors) => <RemindField chosen={settings.remindMinutes} error={errors.remindMinutes} />}
    </SettingsForm>
  );
}

function RemindField({ chosen, error }: { chosen: Remind; error: string | undefined }) {
  const t = useTranslations("telling.panel.remind");
  const before = [
    { value: "", label: t("none") },
    ...reminders.map((one) => ({ value: `${one}`, label: t(`m${one}`) })),
  ];
  return (
    <Field label={t("label")} error={error}>
      {(wiring) => (
        <Select
          {...wiring}
          name="remindMinutes"
          defaultValue={chosen === null ? "" : `${chosen}`}
          options={before}
        />
      )}
    </Field>
  );
}
