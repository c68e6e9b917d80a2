"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import type { PersonAct } from "@/lib/people/model";
import { act } from "./actions";
import { useGroupChoices } from "./group-choices";
import { GroupsPart } from "./groups-part";
import type { PersonLine } from "./person-line";
import { ResetPart } from "./reset-part";

/** What may be done to this account as it is now. */
function actsFor(
  { isActive, role, hasTwoFactor, mayBlock }: PersonLine,
  manages: boolean,
): PersonAct[] {
  const acts: (PersonAct | false)[] = [
    manages && (role === "member" ? "promote" : "demote"),
    manages && hasTwoFactor && "drop_two_factor",
    mayBlock && (isActive ? "block" : "unblock"),
  ];
  return acts.filter((one) => one !== false);
}

/** Everything that the reader may do to somebody's account. */
export function PersonActs({ person }: { person: PersonLine }) {
  const t = useTranslations("people.acts");
  const [open, setOpen] = useState(false);
  const groups = useGroupChoices();
  const acts = actsFor(person, groups !== null);
  if (acts.length === 0) return null;
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
          {groups && person.role === "member" && <GroupsPart person={person} groups={groups} />}
          {groups && person.isActive && <ResetPart person={person} />}
          {acts.map((one) => (
            <ActPart key={one} person={person} act={one} />
          ))}
        </ul>
        {groups && (
          <Link href={`/audit?person=${person.id}`} className="text-blue text-sm hover:underline">
            {t("audit")}
          </Link>
        )}
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
