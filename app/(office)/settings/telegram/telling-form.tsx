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

/** What stands in the fields, as it is kept. A box that is not ticked is not there. */
function chosenIn(values: Record<string, string>): TellingSettings {
  const remind = reminders.find((one) => `${one}` === values.remindMinutes);
  return {
    off: topics.filter((topic) => values[`topic-${topic}`] === undefined),
    quietFrom: minutesOf(values.quietFrom ?? ""),
    quietUntil: minutesOf(values.quietUntil ?? ""),
    remindMinutes: remind ?? null,
    digestAt: minutesOf(values.digestAt ?? "") ?? usualSettings.digestAt,
  };
}

const typed = (minute: number | null) => (minute === null ? "" : clockOf(minute));

/** What is told in Telegram and when. */
export function TellingForm({ settings }: { settings: TellingSettings }) {
  const t = useTranslations("telling");
  const { off, quietFrom, quietUntil, remindMinutes, digestAt } = settings;
  const before = [
    { value: "", label: t("panel.remind.none") },
    ...reminders.map((one) => ({ value: `${one}`, label: t(`panel.remind.m${one}`) })),
  ];
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
            <Field label={t("panel.remind.label")} error={errors.remindMinutes}>
              {(wiring) => (
                <Select
                  {...wiring}
                  name="remindMinutes"
                  defaultValue={remindMinutes === null ? "" : `${remindMinutes}`}
                  options={before}
                />
              )}
            </Field>
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
