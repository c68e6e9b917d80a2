import { AppError } from "@/lib/core/errors";
import { mayChange, mayComplete, type Rights, type TaskRow } from "./model";

/** Throws `forbidden` for who sees the task but may not change it. */
export function requireChange(task: Pick<TaskRow, "rights">): void {
  if (!mayChange(task)) throw new AppError("forbidden", "task_not_yours");
}

/** Throws `forbidden` for who sees it, but whose it is neither to change nor to do. */
export function requireComplete(task: Pick<TaskRow, "rights" | "isAssigned">): void {
  if (!mayComplete(task)) throw new AppError("forbidden", "task_not_yours");
}

/** Throws `forbidden` for who may only read the list. */
export function requireEdit({ rights }: { rights: Rights }): void {
  if (rights === "view") throw new AppError("forbidden", "task_list_view_only");
}

/** Throws `forbidden` for everybody but whose list it is. */
export function requireListOwner({ rights }: { rights: Rights }): void {
  if (rights !== "owner") throw new AppError("forbidden", "task_list_not_yours");
}
