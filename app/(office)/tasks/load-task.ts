import { notFound } from "next/navigation";
import { cache } from "react";
import { pageCaller } from "@/lib/auth/session";
import { taskAccess } from "@/lib/tasks/access";
import { hexId } from "@/lib/tasks/field-model";
import { findTask } from "@/lib/tasks/list-queries";
import type { TaskRow } from "@/lib/tasks/model";

/** The task of the address, or the page that says there is none: foreign, deleted or mistyped. */
export const loadTask = cache(async (id: string): Promise<TaskRow> => {
  const caller = await pageCaller();
  const found = hexId.safeParse(id).success ? await findTask(taskAccess().db, caller, id) : null;
  return found ?? notFound();
});
