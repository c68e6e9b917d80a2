"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { savePace } from "./actions";
import { SettingsForm } from "./settings-form";
import { useTyped } from "./use-typed";

const names = [
  "writesPerSecond",
  "writesPerWindow",
  "writeWindowMinutes",
  "cabinetReadsPerSecond",
] as const;
type Pace = Record<(typeof names)[number], number>;

/** How fast one login may write and read. */
export function PacePanel({ pace }: { pace: Pace }) {
  const t = useTranslations("settings.pace");
  const typed = useTyped();
  return (
    <Panel title={t("title")}>
      <p className="text-ink-soft">{t("lead")}</p>
      <SettingsForm
        save={({
          writesPerSecond = "",
          writesPerWindow = "",
          writeWindowMinutes = "",
          cabinetReadsPerSecond = "",
        }) =>
          savePace({ writesPerSecond, writesPerWindow, writeWindowMinutes, cabinetReadsPerSecond })
        }
        saved={t("saved")}
        act={t("save")}
      >
        {(errors) => (
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
                    inputMode="decimal"
                    defaultValue={typed(pace[name])}
                  />
                )}
              </Field>
            ))}
          </div>
        )}
      </SettingsForm>
    </Panel>
  );
}
