import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { later } from "@/lib/core/time";
import { notices, users } from "@/lib/db/schema/workspace";
import type { TaskAccess } from "@/lib/tasks/access";
import { findTask } from "@/lib/tasks/list-queries";
import { makeTask, type NewTask } from "@/lib/tasks/make-task";
import { makeCategory } from "@/lib/tasks/manage-categories";
import type { ShareRights } from "@/lib/tasks/model";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "./database";

/** An office that has people and tasks, and a clock that is set by hand. Once per test file. */
export async function taskOffice(begins = "2026-03-02T06:00:00.000Z") {
  const { db, empty } = await testDatabase();
  let now = new Date(begins);
  const access: TaskAccess = { db, clock: () => now, salt: "the salt of tests" };
  let people = 0;

  async function person(name: string, given: Partial<typeof users.$inferInsert> = {}) {
    people += 1;
    const row = { name, email: `person-${people}@example.kz`, passwordHash: "none", ...given };
    const [made] = await db.insert(users).values(row).returning({ id: users.id });
    const caller = await findActiveUser(db, made?.id ?? "");
    if (!caller) throw new Error("the person was not made");
    return caller;
  }

  return {
    db,
    access,
    person,
    /** An empty office on the same day. */
    async anew() {
      now = new Date(begins);
      await empty();
      await bindToKaspi(db, "twin");
    },
    set(at: Date | string) {
      now = new Date(at);
    },
    advance(milliseconds: number) {
      now = later(now, milliseconds);
    },
    list(owner: Caller, shared: [Caller, ShareRights][] = [], name = "Склад") {
      const members = shared.map(([{ id: userId }, rights]) => ({ userId, rights }));
      return makeCategory(access, owner, { name, members });
    },
    task: (owner: Caller, categoryId: string, given: Partial<NewTask> = {}) =>
      makeTask(access, owner, { title: "Пересчитать остатки", ...given, categoryId }),
    async seenBy(caller: Caller, taskId: string) {
      const found = await findTask(db, caller, taskId);
      if (!found) throw new Error("the task is out of sight");
      return found;
    },
    /** What people have been told, open or not: `task_due` and whose it is. */
    told: () =>
      db
        .select({
          kind: notices.kind,
          userId: notices.userId,
          params: notices.params,
          at: notices.createdAt,
          resolvedAt: notices.resolvedAt,
          spreadAt: notices.spreadAt,
        })
        .from(notices)
        .orderBy(notices.createdAt, notices.id),
  };
}

export type TaskOffice = Awaited<ReturnType<typeof taskOffice>>;
