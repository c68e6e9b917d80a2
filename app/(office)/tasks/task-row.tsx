"use client";

import { DotsVerticalIcon, ExclamationTriangleIcon } from "@radix-ui/react-icons";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { DragEvent } from "react";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { TaskLine } from "./task-line";
import { TASKS_LOAD, useBoard } from "./tasks-board";
import { useFinish } from "./use-finish";

/** The row is about to go: whoever works by keys goes on with the next one, not from the top of the page. */
function toNeighbour(box: HTMLInputElement): void {
  const row = box.closest("li");
  const other = row?.nextElementSibling ?? row?.previousElementSibling;
  other?.querySelector("input")?.focus({ preventScroll: true });
}

/** One task: ticked when it is done, opened by its title, dragged onto a list or moved by its menu. */
export function TaskRow({ line }: { line: TaskLine }) {
  const t = useTranslations("tasks");
  const params = useSearchParams();
  const { ticked, tick, carried } = useBoard();
  const { finish, open, pending } = useFinish(line);
  const { id, title, isDone, mayChange, mayComplete } = line;
  const query = params.size > 0 ? `?${params}` : "";
  const start = (event: DragEvent) => {
    event.dataTransfer.setData(TASKS_LOAD, carried(id).join(","));
    event.dataTransfer.effectAllowed = "move";
  };
  return (
    <li
      draggable={mayChange}
      onDragStart={start}
      aria-busy={pending || undefined}
      className={cn(
        "flex items-start gap-3 border-b px-3 py-2 last:border-b-0 hover:bg-hover",
        pending && "opacity-60",
      )}
    >
      <span className="mt-0.5 grid shrink-0 place-items-center pointer-coarse:-m-2 pointer-coarse:mt-[-0.375rem] pointer-coarse:p-2">
        <Checkbox
          aria-label={t("row.done", { title })}
          checked={isDone !== pending}
          disabled={!mayComplete || pending}
          onChange={({ target }) => {
            toNeighbour(target);
            if (isDone) open();
            else finish();
          }}
          className="rounded-full"
        />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <Link
          href={`/tasks/${id}${query}`}
          scroll={false}
          prefetch={false}
          draggable={false}
          className={cn(
            "w-fit max-w-full break-words underline-offset-2 hover:underline",
            isDone && "text-ink-faint line-through",
          )}
        >
          {title}
        </Link>
        <Facts line={line} />
      </div>
      <div className="flex shrink-0 items-center gap-1">
        {mayChange && <MoveMenu line={line} />}
        <span className="grid place-items-center pointer-coarse:p-2">
          <Checkbox
            aria-label={t("row.select", { title })}
            checked={ticked.has(id)}
            onChange={({ target }) => tick(id, target.checked)}
          />
        </span>
      </div>
    </li>
  );
}

function Facts({ line }: { line: TaskLine }) {
  const t = useTranslations("tasks");
  const { due, isOverdue, priority, people, listName, steps, comments } = line;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-ink-soft text-sm">
      {priority === "high" && <Badge tone="amber">{t("priority.high")}</Badge>}
      {due && (
        <span className={cn("inline-flex items-center gap-1", isOverdue && "text-red")}>
          {isOverdue && <ExclamationTriangleIcon aria-hidden="true" />}
          {due}
          {isOverdue && <span>, {t("row.overdue")}</span>}
        </span>
      )}
      <span>{people || t("row.nobody")}</span>
      {listName && <span className="text-ink-faint">{listName}</span>}
      {steps && <span>{steps}</span>}
      {comments && <span>{comments}</span>}
    </p>
  );
}

/** The way of a drag for keys and fingers. */
function MoveMenu({ line }: { line: TaskLine }) {
  const t = useTranslations("tasks");
  const { editable, move } = useBoard();
  const others = editable.filter(({ id }) => id !== line.categoryId);
  if (others.length === 0) return null;
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={t("row.move", { title: line.title })}
          icon={<DotsVerticalIcon />}
          className="size-7"
        />
      }
    >
      {others.map((list) => (
        <MenuItem key={list.id} onSelect={() => move([line.id], list)}>
          {list.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
