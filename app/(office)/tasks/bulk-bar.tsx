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
import { assignMany, completeMany, removeMany } from "./actions";
import type { TaskLine } from "./task-line";
import { useBoard } from "./tasks-board";

/** Appears with a selection: what is to be done with all of it. */
export function BulkBar({ lines }: { lines: readonly TaskLine[] }) {
  const t = useTranslations("tasks.bulk");
  const toast = useToast();
  const { act, pending } = useAct();
  const { ticked, clear, editable, people, move } = useBoard();
  const taskIds = lines.map(({ id }) => id).filter((id) => ticked.has(id));
  const count = taskIds.length;
  if (count === 0) return null;
  const told = async (work: () => Promise<ActionResult<Outcome>>) => {
    const outcome = await work();
    if (outcome.ok) {
      const { done, skipped } = outcome.value;
      toast({ text: skipped > 0 ? t("skipped", { done, skipped }) : t("outcome", { done }) });
      clear();
    }
    return outcome;
  };
  const assign = (userIds: string[]) => act(() => told(() => assignMany({ taskIds, userIds })));
  return (
    <section
      aria-label={t("label")}
      className="sticky bottom-4 z-20 flex animate-appear flex-wrap items-center gap-2 rounded-lg border bg-raised px-3 py-2 shadow-pop max-md:bottom-16"
    >
      <p aria-live="polite" className="mr-auto font-medium">
        {t("selected", { count })}
      </p>
      <Button
        size="sm"
        pending={pending}
        onClick={() => act(() => told(() => completeMany({ taskIds })))}
      >
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
        <MenuItem onSelect={() => assign([])}>{t("nobody")}</MenuItem>
        {people.map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => assign([id])}>
            {name}
          </MenuItem>
        ))}
      </Menu>
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
