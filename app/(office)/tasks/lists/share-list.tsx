"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { type Category, type Person, shareRights } from "@/lib/tasks/model";
import { SettingsForm } from "../../settings/settings-form";
import { share } from "./actions";

type Props = { list: Pick<Category, "id" | "name" | "members">; people: readonly Person[] };

/** Everybody in the office with what they may do in the list; saved together. */
export function ShareList({ list, people }: Props) {
  const t = useTranslations("tasks.list");
  const [open, setOpen] = useState(false);
  // Who was blocked since keeps their share unless it is taken here.
  const gone = list.members.map(({ user }) => user);
  const everybody = [...people, ...gone.filter(({ id }) => !people.some((one) => one.id === id))];
  const words = t("shareOf", { name: list.name });
  const options = ["none" as const, ...shareRights].map((value) => ({ value, label: t(value) }));
  const rightsOf = (id: string) =>
    list.members.find(({ user }) => user.id === id)?.rights ?? "none";
  const submit = (values: Record<string, string>) => {
    const members = Object.entries(values).flatMap(([userId, said]) => {
      const rights = shareRights.find((one) => one === said);
      return rights ? [{ userId, rights }] : [];
    });
    return share({ categoryId: list.id, members });
  };
  return (
    <>
      <Button size="sm" aria-label={words} onClick={() => setOpen(true)}>
        {t("share")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={words} lead={t("shareLead")}>
        {everybody.length === 0 ? (
          <p className="text-ink-soft">{t("alone")}</p>
        ) : (
          <SettingsForm
            save={submit}
            saved={t("saved")}
            after={() => setOpen(false)}
            act={t("save")}
          >
            {(errors) => (
              <ul className="flex flex-col gap-2">
                {errors.members && <li className="text-red text-sm">{errors.members}</li>}
                {everybody.map(({ id, name }) => (
                  <li key={id} className="flex items-center justify-between gap-3">
                    <span className="min-w-0 break-words">{name}</span>
                    <Select
                      name={id}
                      aria-label={t("rightsOf", { name })}
                      defaultValue={rightsOf(id)}
                      options={options}
                      className="w-56 shrink-0 max-sm:w-44"
                    />
                  </li>
                ))}
              </ul>
            )}
          </SettingsForm>
        )}
      </Dialog>
    </>
  );
}
