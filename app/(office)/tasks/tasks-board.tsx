"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useState } from "react";
import { useToast } from "@/components/ui/toast";
import { useAct } from "@/components/use-act";
import type { Person } from "@/lib/tasks/model";
import { moveMany } from "./actions";
import type { ListLine } from "./load-tasks";

type Board = {
  lists: readonly ListLine[];
  /** Those the person may put tasks into. */
  editable: readonly ListLine[];
  people: readonly Person[];
  ticked: ReadonlySet<string>;
  tick: (id: string, on: boolean) => void;
  clear: () => void;
  /** What a drag that begins at this task carries: it, or all that are ticked with it. */
  carried: (id: string) => string[];
  move: (taskIds: string[], list: Pick<ListLine, "id" | "name">) => void;
};

const BoardContext = createContext<Board | null>(null);

type Props = {
  lists: readonly ListLine[];
  people: readonly Person[];
  /** Ids of the rows that stand here: others may be gone since they were ticked. */
  shown: readonly string[];
  children: ReactNode;
};

/** What the rows, the lists beside them and the bar share: what is ticked, and where tasks may go. */
export function TasksBoard({ lists, people, shown, children }: Props) {
  const t = useTranslations("tasks");
  const toast = useToast();
  const { act } = useAct();
  const [everTicked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const ticked = new Set(shown.filter((id) => everTicked.has(id)));
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  const clear = () => setTicked(new Set());
  const board: Board = {
    lists,
    editable: lists.filter(({ rights }) => rights !== "view"),
    people,
    ticked,
    tick,
    clear,
    carried: (id) => (ticked.has(id) ? [...ticked] : [id]),
    move: (taskIds, { id: categoryId, name }) =>
      act(async () => {
        const outcome = await moveMany({ taskIds, categoryId });
        if (outcome.ok) {
          clear();
          const { done, skipped } = outcome.value;
          toast({
            text: skipped ? t("bulk.skipped", { done, skipped }) : t("toast.moved", { list: name }),
          });
        }
        return outcome;
      }),
  };
  return <BoardContext value={board}>{children}</BoardContext>;
}

export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (!board) throw new Error("useBoard needs a TasksBoard above it");
  return board;
}

/** What a drag of tasks calls its load. */
export const TASKS_LOAD = "application/x-tasks";
