import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { raiseNotices } from "@/lib/notices/queries";
import type { TaskAccess } from "./access";
import { besideClock } from "./clock-queries";
import { productInSight, storeInSight } from "./link-queries";
import { noteChanges } from "./note-change";
import type { RuleKind } from "./rule-kind-model";
import { type Cause, claimMaking, lockOver, ruleOwners, unanswered } from "./rule-queries";
import { newTaskId } from "./task-id";
import { forgetNews, newsOf } from "./task-notices";
import { giveTask, insertTask, updateTask } from "./write-queries";

/** Of one person's rules at a time; the rest a minute later. */
const MOST_MADE = 200;
const MOST_CLOSED = 500;

export type Followed = { made: number; closed: number };

/**
 * Makes a task for every notice that a rule waits for, once, and closes those whose cause is over. Rights are
 * those of the moment: nothing is made for who is blocked, or of what they may not see.
 */
export async function followNotices(access: TaskAccess, signal?: AbortSignal): Promise<Followed> {
  const { db } = access;
  let made = 0;
  for (const ownerId of await ruleOwners(db)) {
    const owner = await findActiveUser(db, ownerId);
    if (!owner) continue;
    for (const cause of await unanswered(db, owner, MOST_MADE)) {
      signal?.throwIfAborted();
      if (await answer(access, owner, cause)) made += 1;
    }
  }
  return { made, closed: await closeOver(access) };
}

function answer(access: TaskAccess, owner: Caller, cause: Cause): Promise<boolean> {
  return access.db.transaction(async (tx) => {
    await besideClock(tx);
    const now = access.clock();
    const { rule, notice } = cause;
    if (!(await claimMaking(tx, { ruleId: rule.id, noticeId: notice.id }, now))) return false;
    const id = newTaskId(now, access.salt);
    const title = titleOf(owner, cause);
    await insertTask(tx, {
      ...{ id, categoryId: rule.categoryId, title, priority: rule.priority },
      ...{ dueAt: later(notice.createdAt, rule.dueMinutes * MINUTE) },
      ...{ createdAt: now, createdBy: null, updatedAt: now },
      ...{ ruleId: rule.id, noticeId: notice.id, ...(await linksOf(tx, owner, cause)) },
    });
    await noteChanges(tx, { taskId: id, byId: null, changes: [{ what: "created" }] }, now);
    if (cause.isActive) await give(tx, owner, { task: id, title, userId: rule.assigneeId }, now);
    return true;
  });
}

type News = { task: string; title: string; userId: string };

async function give(tx: Tx, { locale }: Caller, news: News, now: Date): Promise<void> {
  await giveTask(tx, news.task, [news.userId], now);
  const by = translator(locale)("tasks.rules.by");
  await raiseNotices(tx, [newsOf("task_assigned", { ...news, params: { by } }, now)]);
}

/** In the words of whose rule it is. */
function titleOf({ locale }: Caller, { rule, notice, storeName }: Cause): string {
  const t = translator(locale);
  const words = { product: "", count: 0, ...notice.params, store: storeName ?? "" };
  const { product, count, store } = words;
  const said = { product: String(product), count: Number(count), store };
  return t(`tasks.rules.titles.${rule.noticeKind as RuleKind}`, said).slice(0, 200);
}

/** What the notice is about, as far as whose rule it is may see it. */
async function linksOf(tx: Tx, owner: Caller, { notice }: Cause) {
  const { productId } = notice.params;
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
    await forgetNews(tx, { tasks: over }, now);
    return over.length;
  });
}
