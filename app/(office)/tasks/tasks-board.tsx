"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Person } from "@/lib/tasks/model";
import { useKept } from "./kept-open";
import type { ListLine } from "./load-tasks";
import type { Placed } from "./moved-from";
import { useMove } from "./use-move";

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
  /** The rows that stand here: others may be gone since they were ticked. */
  shown: readonly Placed[];
  /** Which list of tasks it is: a choice is of one of them. */
  address: string;
  children: ReactNode;
};

const none: ReadonlySet<string> = new Set();

/** What the rows, the lists beside them and the bar share: what is ticked, and where tasks may go. */
export function TasksBoard({ lists, people, shown, address, children }: Props) {
  const move = useMove(shown);
  const [everTicked, setTicked] = useKept("ticked", address, none);
  const ticked = new Set(shown.map(({ id }) => id).filter((id) => everTicked.has(id)));
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  const clear = () => setTicked(none);
  const board: Board = {
    lists,
    editable: lists.filter(({ rights }) => rights !== "view"),
    people,
    ticked,
    tick,
    clear,
    carried: (id) => (ticked.has(id) ? [...ticked] : [id]),
    move: (taskIds, list) => move(taskIds, list, clear),
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
