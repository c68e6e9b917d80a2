"use client";

import { useTranslations } from "next-intl";
import { type DragEvent, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Select } from "@/components/ui/select";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import type { ListLine } from "./load-tasks";
import { TASKS_LOAD, useBoard } from "./tasks-board";

const patchOf = (id: string | null) => ({ list: id, view: id === null ? null : "list" });

/** The lists with what is open in each; tasks can be dropped onto one. A choice on a phone. */
export function CategoryNav({ chosen }: { chosen: string | null }) {
  const t = useTranslations("tasks");
  const { lists } = useBoard();
  const { go } = useUrlState();
  if (lists.length === 0) return null;
  return (
    <>
      <Select
        aria-label={t("lists")}
        value={chosen ?? ""}
        options={[
          { value: "", label: t("allLists") },
          ...lists.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ target }) => go(patchOf(target.value || null))}
        className="w-full lg:hidden"
      />
      <nav aria-label={t("lists")} className="flex flex-col gap-0.5 max-lg:hidden">
        <UrlLink
          patch={patchOf(null)}
          aria-current={chosen === null ? "page" : undefined}
          className={lookOf(chosen === null)}
        >
          {t("allLists")}
        </UrlLink>
        {lists.map((list) => (
          <ListLink key={list.id} list={list} isChosen={list.id === chosen} />
        ))}
      </nav>
    </>
  );
}

const lookOf = (isChosen: boolean, isOver = false) =>
  cn(
    "flex min-h-8 items-center justify-between gap-2 rounded-md px-2 py-1 text-ink-soft hover:bg-hover hover:text-ink",
    isChosen && "bg-sunken font-medium text-ink",
    isOver && "bg-blue-soft text-ink outline-2 outline-blue",
  );

function ListLink({ list, isChosen }: { list: ListLine; isChosen: boolean }) {
  const t = useTranslations("tasks");
  const { move } = useBoard();
  const [isOver, setOver] = useState(false);
  const takes = list.rights !== "view";
  const over = (event: DragEvent) => {
    if (!takes || !event.dataTransfer.types.includes(TASKS_LOAD)) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    const load = event.dataTransfer.getData(TASKS_LOAD);
    if (!takes || load === "") return;
    event.preventDefault();
    move(load.split(","), list);
  };
  return (
    <UrlLink
      patch={patchOf(list.id)}
      draggable={false}
      aria-current={isChosen ? "page" : undefined}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      title={t("counts", { open: list.open, overdue: list.overdue })}
      className={lookOf(isChosen, isOver)}
    >
      <span className="min-w-0">
        <span className="block truncate">{list.name}</span>
        {list.owner && <span className="block truncate text-ink-faint text-xs">{list.owner}</span>}
      </span>
      <span
        className={cn("text-sm tabular-nums", list.overdue > 0 ? "text-red" : "text-ink-faint")}
      >
        {list.open}
      </span>
    </UrlLink>
  );
}
