"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { useAct } from "@/components/use-act";
import type { ActionResult } from "@/lib/auth/action";
import type { Outcome } from "@/lib/tasks/change-many";
import { assignMany, completeMany, removeMany, reopenMany } from "./actions";
import type { TaskLine } from "./task-line";
import { useBoard } from "./tasks-board";

/** Appears with a selection: what is to be done with all of it. */
export function BulkBar({ lines }: { lines: readonly TaskLine[] }) {
  const t = useTranslations("tasks.bulk");
  const words = useTranslations("common.actions");
  const toast = useToast();
  const { act, pending } = useAct();
  const { ticked, clear, editable, people, move } = useBoard();
  const taskIds = lines.map(({ id }) => id).filter((id) => ticked.has(id));
  const count = taskIds.length;
  if (count === 0) return null;
  const told = async (work: () => Promise<ActionResult<Outcome>>, undo?: () => void) => {
    const outcome = await work();
    if (outcome.ok) {
      const { done, skipped } = outcome.value;
      const text = skipped > 0 ? t("skipped", { done, skipped }) : t("outcome", { done });
      toast({ text, ...(undo && { action: { label: words("undo"), run: undo } }) });
      clear();
    }
    return outcome;
  };
  const open = lines.filter(({ id, isDone }) => ticked.has(id) && !isDone).map(({ id }) => id);
  const reopen = () => act(() => told(() => reopenMany({ taskIds: open })));
  const complete = () =>
    act(() => told(() => completeMany({ taskIds }), open.length > 0 ? reopen : undefined));
  const assign = (userIds: string[]) => act(() => told(() => assignMany({ taskIds, userIds })));
  return (
    <section
      aria-label={t("label")}
      className="sticky bottom-4 z-20 flex animate-appear flex-wrap items-center gap-2 rounded-lg border bg-raised px-3 py-2 shadow-pop max-md:bottom-16"
    >
      <p aria-live="polite" className="mr-auto font-medium">
        {t("selected", { count })}
      </p>
      <Button size="sm" pending={pending} onClick={complete}>
        {t("complete")}
      </Button>
      <Menu align="end" side="top" trigger={<Button size="sm">{t("move")}</Button>}>
        {editable.map((list) => (
          <MenuItem key={list.id} onSelect={() => move(taskIds, list)}>
            {list.name}
          </MenuItem>
        ))}
      </Menu>
      <Menu align="end" side="top" trigger={<Button size="sm">{t("assign")}</Button>}>
        {people.map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => assign([id])}>
            {name}
          </MenuItem>
        ))}
      </Menu>
      <Confirm
        trigger={<Button size="sm">{t("unassign")}</Button>}
        title={t("unassignTitle", { count })}
        act={t("unassign")}
        onAct={() => told(() => assignMany({ taskIds, userIds: [] }))}
      >
        {t("unassignText")}
      </Confirm>
      <Confirm
        trigger={<Button size="sm">{t("delete")}</Button>}
        title={t("deleteTitle", { count })}
        act={t("delete")}
        danger
        onAct={() => told(() => removeMany({ taskIds }))}
      >
        {t("deleteText")}
      </Confirm>
      <IconButton label={t("clear")} icon={<Cross2Icon />} onClick={clear} className="size-7" />
    </section>
  );
}
