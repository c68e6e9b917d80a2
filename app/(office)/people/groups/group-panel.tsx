"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { useCounted } from "@/components/use-counted";
import { type PermissionArea, permissionAreas } from "@/lib/auth/permission-model";
import type { Group, GroupMember } from "@/lib/people/group-model";
import { groupName } from "../group-name";
import { change, remove } from "./actions";
import { GroupForm } from "./group-form";

type Props = { group: Group; members: readonly GroupMember[] };

/** One group: what it may do and who is in it. */
export function GroupPanel({ group, members }: Props) {
  const t = useTranslations("people");
  const { builtIn } = group;
  return (
    <Panel title={groupName(t, group)} aside={<Acts group={group} />}>
      {builtIn && (
        <p className="text-ink-soft">
          <Badge>{t("groups.always")}</Badge> {t(`groups.builtIn.${builtIn}.text`)}
        </p>
      )}
      <Rights of={group.permissions} />
      <div className="border-t pt-3">
        <h3 className="text-ink-faint text-xs">{t("groups.people")}</h3>
        {members.length === 0 && <p className="text-ink-soft text-sm">{t("groups.nobody")}</p>}
        <ul className="flex flex-wrap gap-x-4">
          {members.map(({ id, name, email, isActive }) => (
            <li key={id} title={email} className={isActive ? undefined : "text-ink-faint"}>
              {name}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function Rights({ of }: { of: Group["permissions"] }) {
  const t = useTranslations("permissions");
  const tGroups = useTranslations("people.groups");
  const areas = Object.entries(permissionAreas) as [PermissionArea, readonly string[]][];
  const shown = areas
    .map(([area, all]) => ({ area, some: of.filter((permission) => all.includes(permission)) }))
    .filter(({ some }) => some.length > 0);
  if (shown.length === 0) return <p className="text-ink-soft">{tGroups("noRights")}</p>;
  return (
    <dl className="flex flex-col gap-2">
      {shown.map(({ area, some }) => (
        <div key={area}>
          <dt className="text-ink-faint text-xs">{t(`area.${area}`)}</dt>
          <dd>{some.map((permission) => t(`name.${permission}`)).join(" · ")}</dd>
        </div>
      ))}
    </dl>
  );
}

function Acts({ group }: { group: Group }) {
  const t = useTranslations("people");
  const [open, setOpen] = useState(false);
  const { shown } = useCounted()(group.people);
  const name = groupName(t, group);
  return (
    <div className="flex gap-2">
      <Button size="sm" aria-label={t("groups.editOf", { name })} onClick={() => setOpen(true)}>
        {t("groups.edit")}
      </Button>
      {!group.builtIn && (
        <Confirm
          trigger={
            <Button size="sm" look="ghost" aria-label={t("groups.removeOf", { name })}>
              {t("groups.remove")}
            </Button>
          }
          title={t("groups.removeTitle", { name })}
          act={t("groups.remove")}
          danger
          onAct={() => remove({ groupId: group.id })}
        >
          {t("groups.removeText", { people: shown })}
        </Confirm>
      )}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("groups.editTitle", { name })}
        className="max-w-xl"
      >
        <GroupForm
          group={group}
          act={t("groups.save")}
          done={t("groups.saved")}
          save={(given) => change({ groupId: group.id, ...given })}
          onDone={() => setOpen(false)}
        />
      </Dialog>
    </div>
  );
}
