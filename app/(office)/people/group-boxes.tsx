"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import type { GroupChoice } from "./person-line";

type Props = {
  groups: readonly GroupChoice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** Which groups somebody is in. */
export function GroupBoxes({ groups, chosen, onChange }: Props) {
  const t = useTranslations("people.invite");
  return (
    <fieldset className="flex flex-col">
      <legend className="font-medium text-sm">{t("groups")}</legend>
      {groups.map(({ id, name }) => (
        <Checkbox
          key={id}
          checked={chosen.includes(id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
          }
        >
          {name}
        </Checkbox>
      ))}
      <p className="text-ink-faint text-sm">{t("groupsHint")}</p>
    </fieldset>
  );
}
