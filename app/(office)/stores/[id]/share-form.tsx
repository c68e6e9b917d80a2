"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { PermissionBoxes } from "@/components/permission-boxes";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import { type StorePermission, storePermissions } from "@/lib/auth/permission-model";
import type { StoreShare } from "@/lib/stores/share-model";
import { share as saveShare } from "./actions";
import type { ShareProps } from "./share-panel";

/** A share that is there has its person. */
type Props = ShareProps & { share: StoreShare | null; onDone: () => void };

/** With whom, and what they may do. */
export function ShareForm({ store, colleagues, own, share, onDone }: Props) {
  const t = useTranslations("stores.share");
  const listId = useId();
  const { save, pending, fields, failure } = useFormSave();
  const [chosen, setChosen] = useState<StorePermission[]>(share?.permissions ?? ["view_store"]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("email");
    const email = share?.email ?? String(typed);
    save(() => saveShare({ storeId: store.id, email, permissions: chosen }), {
      text: t(share ? "saved" : "opened"),
      after: onDone,
    });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure}</Notice>}
      {!share && (
        <Field label={t("email")} hint={t("emailHint")} error={fields.email}>
          {(wiring) => (
            <Input {...wiring} name="email" type="email" list={listId} autoComplete="off" />
          )}
        </Field>
      )}
      <datalist id={listId}>
        {colleagues.map((email) => (
          <option key={email} value={email} />
        ))}
      </datalist>
      <PermissionBoxes
        of={storePermissions}
        chosen={chosen}
        onChange={setChosen}
        fixed={["view_store"]}
        refusal={(permission) => (own.includes(permission) ? null : t("notYours"))}
      />
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending}>
          {t(share ? "save" : "open")}
        </Button>
      </div>
    </form>
  );
}
