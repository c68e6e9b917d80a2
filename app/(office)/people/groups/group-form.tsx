"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PermissionBoxes } from "@/components/permission-boxes";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { type FormOutcome, useFormSave } from "@/components/ui/use-form-save";
import { type Permission, permissions } from "@/lib/auth/permission-model";
import type { Group } from "@/lib/people/group-model";

type Props = {
  group: Pick<Group, "name" | "builtIn" | "permissions">;
  act: string;
  /** Said when it is saved. */
  done: string;
  save: (given: { name: string; permissions: Permission[] }) => Promise<FormOutcome>;
  onDone: () => void;
};

/** The name of a group, unless it is the office's own, and what it may do. */
export function GroupForm({ group, act, done, save: store, onDone }: Props) {
  const t = useTranslations("people.groups");
  const { save, pending, fields, failure } = useFormSave();
  const [chosen, setChosen] = useState<Permission[]>(group.permissions);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("name");
    const name = typed === null ? group.name : String(typed);
    save(() => store({ name, permissions: chosen }), { text: done, after: onDone });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure}</Notice>}
      {!group.builtIn && (
        <Field label={t("name")} error={fields.name}>
          {(wiring) => (
            <Input {...wiring} name="name" defaultValue={group.name} autoComplete="off" />
          )}
        </Field>
      )}
      <PermissionBoxes of={permissions} chosen={chosen} onChange={setChosen} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending}>
          {act}
        </Button>
      </div>
    </form>
  );
}
