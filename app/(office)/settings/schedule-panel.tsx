"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { saveSchedule } from "./actions";
import { SettingsForm } from "./settings-form";

type Props = {
  schedule: { timeZone: string; syncEveryMinutes: number; sessionCheckEveryMinutes: number };
  zones: string[];
};

/** When the office does its rounds, and by which clock it tells the time. */
export function SchedulePanel({ schedule, zones }: Props) {
  const t = useTranslations("settings.schedule");
  return (
    <Panel title={t("title")}>
      <SettingsForm
        save={({ timeZone = "", syncEveryMinutes = "", sessionCheckEveryMinutes = "" }) =>
          saveSchedule({ timeZone, syncEveryMinutes, sessionCheckEveryMinutes })
        }
        saved={t("saved")}
        act={t("save")}
      >
        {(errors) => (
          <>
            <Field label={t("zone")} hint={t("zoneHint")} error={errors.timeZone}>
              {(wiring) => (
                <Input
                  {...wiring}
                  name="timeZone"
                  list="time-zones"
                  autoComplete="off"
                  defaultValue={schedule.timeZone}
                />
              )}
            </Field>
            <datalist id="time-zones">
              {zones.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label={t("sync")} hint={t("syncHint")} error={errors.syncEveryMinutes}>
                {(wiring) => (
                  <Input
                    {...wiring}
                    name="syncEveryMinutes"
                    inputMode="numeric"
                    defaultValue={schedule.syncEveryMinutes}
                  />
                )}
              </Field>
              <Field
                label={t("session")}
                hint={t("sessionHint")}
                error={errors.sessionCheckEveryMinutes}
              >
                {(wiring) => (
                  <Input
                    {...wiring}
                    name="sessionCheckEveryMinutes"
                    inputMode="numeric"
                    defaultValue={schedule.sessionCheckEveryMinutes}
                  />
                )}
              </Field>
            </div>
          </>
        )}
      </SettingsForm>
    </Panel>
  );
}
