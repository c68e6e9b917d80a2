import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { isAppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { raiseNotices } from "@/lib/notices/queries";
import { jobName } from "@/lib/runs/words";
import type { TaskAccess } from "./access";
import { lockCategory } from "./category-queries";
import { type Cause, claimMaking, lockFormer, lockOver, unanswered } from "./cause-queries";
import { besideClock } from "./clock-queries";
import { productInSight, storeInSight } from "./link-queries";
import { noteChanges } from "./note-change";
import { requireEdit } from "./rights";
import type { RuleKind } from "./rule-kind-model";
import { ruleOwners } from "./rule-queries";
import { newTaskId } from "./task-id";
import { endedNews, forgetNews, newsOf } from "./task-notices";
import { giveTask, insertTask, updateTask } from "./write-queries";

/** Of one person's rules at a time; the rest a minute later. */
const MOST_MADE = 200;
const MOST_CLOSED = 500;

export type Followed = { made: number; closed: number };

/**
 * Makes a task for every notice that a rule waits for, again when one is news again and its task is done, and
 * closes those whose cause is over. Rights are those of the moment: nothing is made for who is blocked, or of
 * what they may not see.
 */
export async function followNotices(access: TaskAccess, signal?: AbortSignal): Promise<Followed> {
  const { db } = access;
  let made = 0;
  for (const ownerId of await ruleOwners(db)) {
    const owner = await findActiveUser(db, ownerId);
    if (!owner) continue;
    for (const cause of await unanswered(db, owner, MOST_MADE)) {
      signal?.throwIfAborted();
      if (await answered(access, owner, cause)) made += 1;
    }
  }
  return { made, closed: await closeOver(access) };
}

/** What a rule may not do any more keeps no other from its work. */
async function answered(access: TaskAccess, owner: Caller, cause: Cause): Promise<boolean> {
  try {
    return await answer(access, owner, cause);
  } catch (error) {
    if (isAppError(error, "forbidden", "not_found")) return false;
    throw error;
  }
}

function answer(access: TaskAccess, owner: Caller, cause: Cause): Promise<boolean> {
  return access.db.transaction(async (tx) => {
    await besideClock(tx);
    const now = access.clock();
    const { rule, notice } = cause;
    requireEdit(await lockCategory(tx, owner, rule.categoryId));
    const former = await lockFormer(tx, cause);
    const id = former?.id ?? newTaskId(now, access.salt);
    if (!(await claimMaking(tx, { ruleId: rule.id, noticeId: notice.id, taskId: id })))
      return false;
    if (former) {
      await follow(tx, former, notice.id);
      return false;
    }
    const title = titleOf(owner, cause);
    await insertTask(tx, {
      ...{ id, categoryId: rule.categoryId, title, priority: rule.priority },
      ...{ dueAt: dueOf(cause, now), createdAt: now, createdBy: null, updatedAt: now },
      ...{ ruleId: rule.id, noticeId: notice.id, ...(await linksOf(tx, owner, cause)) },
    });
    await noteChanges(tx, { taskId: id, byId: null, changes: [{ what: "created" }] }, now);
    if (cause.assignee.isActive) await give(tx, owner, { task: id, title, cause }, now);
    return true;
  });
}

/** The cause has a new notice: the task ends with that one. By a person's word it is open without any. */
async function follow(tx: Tx, former: { id: string; noticeId: string | null }, noticeId: string) {
  if (former.noticeId !== null) await updateTask(tx, former.id, { noticeId });
}

/** After the notice; what was seen too late for that has as long from now. */
function dueOf({ rule, notice }: Cause, now: Date): Date {
  const due = later(notice.createdAt, rule.dueMinutes * MINUTE);
  return due > now ? due : later(now, rule.dueMinutes * MINUTE);
}

type Given = { task: string; title: string; cause: Cause };

async function give(tx: Tx, { locale }: Caller, { task, title, cause }: Given, now: Date) {
  const { rule, assignee } = cause;
  await giveTask(tx, task, [rule.assigneeId], now);
  const details = { added: [assignee.name], removed: [] };
  const changes = [{ what: "assigned" as const, details }];
  await noteChanges(tx, { taskId: task, byId: null, changes }, now);
  const by = translator(locale)("tasks.rules.by");
  const news = { task, title, userId: rule.assigneeId, params: { by } };
  await raiseNotices(tx, [newsOf("task_assigned", news, now)]);
}

/** In the words of whose rule it is. */
function titleOf({ locale }: Caller, { rule, notice, storeName }: Cause): string {
  const t = translator(locale);
  const { product, count, login } = { product: "", count: 0, login: "", ...notice.params };
  const scope = storeName === null ? "none" : "store";
  const said = { product: String(product), count: Number(count), login: String(login) };
  const job = jobName(t, String(notice.params.job));
  const words = { ...said, scope, job, store: storeName ?? "" };
  return t(`tasks.rules.titles.${rule.noticeKind as RuleKind}`, words).slice(0, 200);
}

/** What the notice is about, as far as whose rule it is may see it. */
async function linksOf(tx: Tx, owner: Caller, { notice }: Cause) {
  const productId = notice.params.product_id;
  const store = notice.storeId ? await storeInSight(tx, owner, notice.storeId) : null;
  const isProduct = typeof productId === "string";
  const product = isProduct ? await productInSight(tx, owner, productId) : null;
  return { storeId: store?.id ?? null, productId: product?.id ?? null };
}

/** What was to be done has come about by itself: so says the history. */
async function closeOver({ db, clock }: TaskAccess): Promise<number> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    const now = clock();
    const over = await lockOver(tx, MOST_CLOSED);
    for (const taskId of over) {
      await updateTask(tx, taskId, { doneAt: now, doneBy: null, updatedAt: now });
      await noteChanges(tx, { taskId, byId: null, changes: [{ what: "done" }] }, now);
    }
    await forgetNews(tx, { tasks: over, kinds: endedNews }, now);
    return over.length;
  });
}
