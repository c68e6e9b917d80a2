"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { setGroups } from "./actions";
import { GroupBoxes } from "./group-boxes";
import type { GroupChoice, PersonLine } from "./person-line";

type Props = { person: PersonLine; groups: readonly GroupChoice[] };

/** The groups of a member, and so their rights. */
export function GroupsPart({ person, groups }: Props) {
  const t = useTranslations("people.acts.groups");
  const { pending, act } = useAct();
  const [chosen, setChosen] = useState(person.groupIds);
  const save = () => act(() => setGroups({ personId: person.id, groupIds: chosen }), t("saved"));
  return (
    <li className="flex flex-col gap-3 border-t py-3">
      <div>
        <p className="font-medium">{t("title")}</p>
        <p className="text-ink-soft text-sm">{t("text")}</p>
      </div>
      <GroupBoxes groups={groups} chosen={chosen} onChange={setChosen} />
      <div>
        <Button size="sm" pending={pending} onClick={save}>
          {t("act")}
        </Button>
      </div>
    </li>
  );
}
