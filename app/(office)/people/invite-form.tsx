"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { useFormSave } from "@/components/ui/use-form-save";
import { defaultLocale, isLocale, localeNames, locales } from "@/lib/i18n/locales";
import type { MadeLink } from "@/lib/people/model";
import { invite } from "./actions";
import { GroupBoxes } from "./group-boxes";
import type { GroupChoice } from "./person-line";

type Props = {
  groups: readonly GroupChoice[];
  /** Those chosen as long as nobody chooses. */
  usual: readonly string[];
  onMade: (made: { email: string; link: MadeLink }) => void;
};

export function InviteForm({ groups, usual, onMade }: Props) {
  const t = useTranslations("people");
  const { save, pending, fields, failure } = useFormSave();
  const [role, setRole] = useState<"member" | "owner">("member");
  const [groupIds, setGroupIds] = useState([...usual]);
  const ownLocale = useLocale();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const email = String(given.get("email"));
    const locale = given.get("locale");
    save(async () => {
      const outcome = await invite({
        email,
        role,
        groupIds,
        locale: isLocale(locale) ? locale : defaultLocale,
      });
      if (outcome.ok) onMade({ email, link: outcome.value });
      return outcome;
    }, {});
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field label={t("invite.email")} error={fields.email}>
        {(wiring) => <Input {...wiring} name="email" type="email" autoComplete="off" />}
      </Field>
      <Field label={t("invite.role")} hint={t(`roleHint.${role}`)}>
        {(wiring) => (
          <Select
            {...wiring}
            value={role}
            options={(["member", "owner"] as const).map((value) => ({
              value,
              label: t(`role.${value}`),
            }))}
            onChange={({ target }) => setRole(target.value === "owner" ? "owner" : "member")}
          />
        )}
      </Field>
      {role === "member" && <GroupBoxes groups={groups} chosen={groupIds} onChange={setGroupIds} />}
      <Field label={t("invite.language")}>
        {(wiring) => (
          <Select
            {...wiring}
            name="locale"
            defaultValue={ownLocale}
            options={locales.map((value) => ({ value, label: localeNames[value] }))}
          />
        )}
      </Field>
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending}>
          {t("invite.make")}
        </Button>
      </div>
    </form>
  );
}
