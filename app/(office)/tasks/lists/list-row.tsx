"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import type { Category, Person } from "@/lib/tasks/model";
import { remove } from "./actions";
import { RenameList } from "./rename-list";
import { ShareList } from "./share-list";

type Props = {
  list: Category;
  /** All that are in it, done or not. */
  tasks: number;
  people: readonly Person[];
};

export function ListRow({ list, tasks, people }: Props) {
  const t = useTranslations("tasks");
  const { id, name, rights, owner, open, overdue, members } = list;
  const isMine = rights === "owner";
  const sharing =
    members.length > 0 ? t("list.members", { count: members.length }) : t("list.only");
  return (
    <li className="grid gap-x-6 gap-y-2 border-t py-3 first:border-t-0 first:pt-0 last:pb-0 md:grid-cols-[1fr_auto]">
      <div className="flex min-w-0 flex-col gap-0.5">
        <Link
          href={`/tasks?view=list&list=${id}`}
          className="w-fit max-w-full break-words font-medium underline-offset-2 hover:underline"
        >
          {name}
        </Link>
        <p className="flex flex-wrap gap-x-3 text-ink-soft text-sm">
          <span>{t("counts", { open, overdue })}</span>
          <span>{isMine ? sharing : t("list.owner", { name: owner.name })}</span>
          {!isMine && <span>{t(`list.${rights}`)}</span>}
        </p>
      </div>
      {isMine && (
        <div className="flex flex-wrap items-center gap-2 md:justify-end">
          <ShareList list={list} people={people} />
          <RenameList list={list} />
          <Confirm
            trigger={
              <Button size="sm" aria-label={t("list.deleteOf", { name })}>
                {t("list.delete")}
              </Button>
            }
            title={t("list.deleteTitle", { name })}
            act={t("list.delete")}
            danger
            onAct={() => remove({ categoryId: id })}
          >
            {t("list.deleteText", { count: tasks })}
          </Confirm>
        </div>
      )}
    </li>
  );
}
