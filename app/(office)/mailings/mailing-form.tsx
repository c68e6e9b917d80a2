"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { useFormSave } from "@/components/ui/use-form-save";
import { repeats } from "@/lib/mailings/status-model";
import { change, make } from "./actions";
import { MailingTo } from "./mailing-to";

export type MailingValues = {
  messageId: string;
  toAll: boolean;
  tags: string[];
  recipientIds: string[];
  first: string;
  last: string;
  repeats: (typeof repeats)[number];
};

type Props = {
  /** Null: a new one. */
  mailingId: number | null;
  values: MailingValues;
  letters: readonly { id: string; subject: string }[];
  tags: readonly { tag: string; count: number }[];
  all: number;
  /** Chosen one by one on the page of recipients. */
  chosen: readonly { id: string; email: string }[];
  zone: string;
};

/** Which letter, to whom, when. */
export function MailingForm({ mailingId, values, letters, tags, all, chosen, zone }: Props) {
  const t = useTranslations("mailings.form");
  const router = useRouter();
  const { save, pending, fields, failure } = useFormSave();
  const [toAll, setToAll] = useState(values.toAll);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(values.tags));
  const [to, setTo] = useState(chosen);
  const pick = (tag: string, isOn: boolean) =>
    setPicked(new Set(isOn ? [...picked, tag] : [...picked].filter((one) => one !== tag)));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? "");
    const given = {
      messageId: said("messageId"),
      toAll,
      tags: toAll ? [] : [...picked],
      recipientIds: toAll ? [] : to.map(({ id }) => id),
      first: said("first") || null,
      last: said("last") || null,
      repeats: repeats.find((one) => one === said("repeats")) ?? "none",
    };
    save(async () => {
      if (mailingId !== null) {
        const changed = await change({ ...given, mailingId });
        if (changed.ok) router.push(`/mailings/${mailingId}`);
        return changed;
      }
      const made = await make(given);
      if (made.ok) router.push(`/mailings/${made.value.id}`);
      return made;
    }, {});
  };
  return (
    <form noValidate onSubmit={submit} className="flex max-w-2xl flex-col gap-4">
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field label={t("letter")} error={fields.messageId}>
        {(wiring) => (
          <Select
            {...wiring}
            name="messageId"
            defaultValue={values.messageId}
            options={letters.map(({ id, subject }) => ({ value: id, label: subject }))}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-sm">{t("to")}</legend>
        <Checkbox checked={toAll} onChange={({ target }) => setToAll(target.checked)}>
          {t("all", { count: all })}
        </Checkbox>
        {!toAll && (
          <MailingTo
            tags={tags}
            picked={picked}
            onPick={pick}
            chosen={to}
            onNoneChosen={() => setTo([])}
          />
        )}
        {fields.tags && <p className="text-red text-sm">{fields.tags}</p>}
      </fieldset>
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Field
          label={t("first")}
          hint={t("firstHint", { zone })}
          error={fields.first ?? fields.firstAt}
        >
          {(wiring) => (
            <Input {...wiring} type="datetime-local" name="first" defaultValue={values.first} />
          )}
        </Field>
        <Field label={t("last")} hint={t("lastHint")} error={fields.last ?? fields.lastAt}>
          {(wiring) => (
            <Input {...wiring} type="datetime-local" name="last" defaultValue={values.last} />
          )}
        </Field>
      </div>
      <Field label={t("repeats")} error={fields.repeats}>
        {(wiring) => (
          <Select
            {...wiring}
            name="repeats"
            defaultValue={values.repeats}
            options={repeats.map((value) => ({ value, label: t(`every.${value}`) }))}
          />
        )}
      </Field>
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending}>
          {t(mailingId === null ? "make" : "save")}
        </Button>
      </div>
    </form>
  );
}
