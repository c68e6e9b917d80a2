"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import type { PersonAct } from "@/lib/people/model";
import { act } from "./actions";
import type { PersonLine } from "./person-line";
import { ResetPart } from "./reset-part";

/** What may be done to this account as it is now. */
function actsFor({ isActive, role, hasTwoFactor }: PersonLine): PersonAct[] {
  const acts: (PersonAct | false)[] = [
    role === "member" ? "promote" : "demote",
    hasTwoFactor && "drop_two_factor",
    isActive ? "block" : "unblock",
  ];
  return acts.filter((one) => one !== false);
}

/** Everything an owner does to somebody's account; each asks before it is done. */
export function PersonActs({ person }: { person: PersonLine }) {
  const t = useTranslations("people.acts");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        aria-label={t("openFor", { name: person.name })}
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={person.name} lead={person.email}>
        <ul className="flex flex-col">
          {person.isActive && <ResetPart person={person} />}
          {actsFor(person).map((one) => (
            <ActPart key={one} person={person} act={one} />
          ))}
        </ul>
      </Dialog>
    </>
  );
}

const dangerous: readonly PersonAct[] = ["block", "demote", "drop_two_factor"];

function ActPart({ person, act: which }: { person: PersonLine; act: PersonAct }) {
  const t = useTranslations(`people.acts.${which}`);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t py-3 last:pb-0">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">{t("title")}</p>
        <p className="text-ink-soft text-sm">{t("text")}</p>
      </div>
      <Confirm
        trigger={<Button size="sm">{t("act")}</Button>}
        title={t("askTitle", { name: person.name })}
        act={t("act")}
        danger={dangerous.includes(which)}
        onAct={() => act({ personId: person.id, act: which })}
      >
        {t("askText")}
      </Confirm>
    </li>
  );
}
