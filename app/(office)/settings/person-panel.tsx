"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { saveOwnProfile } from "./actions";
import { SettingsForm } from "./settings-form";

type Props = {
  person: { name: string; email: string; timeZone: string | null };
  officeZone: string;
  zones: string[];
};

/** Who one is, and by which clock one reads the time. */
export function PersonPanel({ person, officeZone, zones }: Props) {
  const t = useTranslations("settings.person");
  return (
    <Panel title={t("title")}>
      <SettingsForm
        save={({ name = "", timeZone = "" }) => saveOwnProfile({ name, timeZone })}
        saved={t("saved")}
        act={t("save")}
      >
        {(errors) => (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("name")} hint={t("hint", { email: person.email })} error={errors.name}>
              {(wiring) => (
                <Input {...wiring} name="name" autoComplete="name" defaultValue={person.name} />
              )}
            </Field>
            <Field
              label={t("zone")}
              hint={t("zoneHint", { zone: officeZone })}
              error={errors.timeZone}
            >
              {(wiring) => (
                <Input
                  {...wiring}
                  name="timeZone"
                  list="own-time-zones"
                  autoComplete="off"
                  defaultValue={person.timeZone ?? ""}
                />
              )}
            </Field>
            <datalist id="own-time-zones">
              {zones.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </div>
        )}
      </SettingsForm>
    </Panel>
  );
}
