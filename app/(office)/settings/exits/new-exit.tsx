"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { proxySchemes } from "@/lib/exits/scheme-model";
import { SettingsForm } from "../settings-form";
import { addExit } from "./actions";

const options = proxySchemes.map((value) => ({ value, label: value.toUpperCase() }));

/** A proxy is added once Kaspi has answered through it. */
export function NewExit({ onAdded }: { onAdded: () => void }) {
  const t = useTranslations("settings.exits");
  return (
    <SettingsForm
      save={({ name = "", scheme, address = "", login = "", password = "", readsPerSecond = "" }) =>
        addExit({
          name,
          scheme: proxySchemes.find((known) => known === scheme) ?? "http",
          address,
          login,
          password,
          readsPerSecond,
        })
      }
      saved={t("added")}
      after={onAdded}
      act={t("tryAndAdd")}
    >
      {(errors) => (
        <>
          <Field label={t("name")} hint={t("nameHint")} error={errors.name}>
            {(wiring) => <Input {...wiring} name="name" autoComplete="off" />}
          </Field>
          <div className="grid grid-cols-[7rem_1fr] gap-3">
            <Field label={t("scheme")} error={errors.scheme}>
              {(wiring) => <Select {...wiring} name="scheme" options={options} />}
            </Field>
            <Field label={t("address")} error={errors.address}>
              {(wiring) => (
                <Input
                  {...wiring}
                  name="address"
                  autoComplete="off"
                  placeholder="185.10.20.30:8080"
                />
              )}
            </Field>
          </div>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label={t("login")} error={errors.login}>
              {(wiring) => <Input {...wiring} name="login" autoComplete="off" />}
            </Field>
            <Field label={t("password")} error={errors.password}>
              {(wiring) => <PasswordInput {...wiring} name="password" autoComplete="off" />}
            </Field>
          </div>
          <Field label={t("reads")} hint={t("readsHint")} error={errors.readsPerSecond}>
            {(wiring) => (
              <Input {...wiring} name="readsPerSecond" inputMode="decimal" defaultValue="5" />
            )}
          </Field>
        </>
      )}
    </SettingsForm>
  );
}
