"use client";

import { LockClosedIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";

type Props = { login: string; wrong: Record<string, string> };

export function EmailFields({ login, wrong }: Props) {
  const t = useTranslations("stores.connect");
  const [keeps, setKeeps] = useState(true);
  return (
    <>
      <Field label={t("email")} error={wrong.email}>
        {(wiring) => (
          <Input {...wiring} name="email" type="email" autoComplete="off" defaultValue={login} />
        )}
      </Field>
      <Field label={t("password")} error={wrong.password}>
        {(wiring) => <PasswordInput {...wiring} name="password" autoComplete="off" />}
      </Field>
      <div className="flex flex-col gap-1">
        <Checkbox
          name="keepPassword"
          checked={keeps}
          onChange={(event) => setKeeps(event.target.checked)}
        >
          {t("keepPassword")}
        </Checkbox>
        <p className="flex gap-2 text-ink-soft text-sm">
          <LockClosedIcon aria-hidden="true" className="mt-0.5 shrink-0" />
          {t(keeps ? "keepMeans" : "keepNotMeans")}
        </p>
      </div>
    </>
  );
}

export function PhoneFields({ login, wrong }: Props) {
  const t = useTranslations("stores.connect");
  return (
    <>
      <Field label={t("phone")} hint={t("phoneHint")} error={wrong.phone}>
        {(wiring) => (
          <Input
            {...wiring}
            name="phone"
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            defaultValue={login && `+${login}`}
          />
        )}
      </Field>
      <p className="flex gap-2 text-ink-soft text-sm">
        <LockClosedIcon aria-hidden="true" className="mt-0.5 shrink-0" />
        {t("phoneMeans")}
      </p>
    </>
  );
}
