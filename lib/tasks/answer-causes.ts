import type { Caller } from "@/lib/auth/model";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { raiseNotices } from "@/lib/notices/queries";
import { jobName } from "@/lib/runs/words";
import type { TaskAccess } from "./access";
import { lockCategory } from "./category-queries";
import { formerOf, type Topic, topicsOf } from "./cause-groups";
import { type Cause, lockRule } from "./cause-queries";
import { besideClock } from "./clock-queries";
import { productInSight, reviewInSight, storeInSight } from "./link-queries";
import { claimMakings, forgetReplaced, knownTasks, lockOpen } from "./making-queries";
import { noteChanges } from "./note-change";
import { requireEdit } from "./rights";
import type { RuleKind } from "./rule-kind-model";
import { newTaskId } from "./task-id";
import { newsOf } from "./task-notices";
import { giveTask, insertTask, updateTask } from "./write-queries";

/**
 * Makes the tasks that a batch of causes of one rule asks for; what an open task is about already goes to that
 * one. Returns how many were made. Throws `not_found` and `forbidden` for a list that is not the owner's to fill.
 */
export function answerCauses(
  access: TaskAccess,
  owner: Caller,
  batch: readonly Cause[],
): Promise<number> {
  return access.db.transaction(async (tx) => {
    const [first] = batch;
    if (!first) return 0;
    await besideClock(tx);
    const now = access.clock();
    requireEdit(await lockCategory(tx, owner, first.rule.categoryId));
    if (!(await lockRule(tx, first.rule.id))) return 0;
    let made = 0;
    for (const topic of topicsOf(await withoutFormer(tx, batch))) {
      const task = newTaskId(now, access.salt);
      if (await make(tx, owner, { task, topic }, now)) made += 1;
    }
    return made;
  });
}

/** Puts what open tasks are about already to those. Returns the rest. */
async function withoutFormer(tx: Tx, batch: readonly Cause[]): Promise<Cause[]> {
  const known = await knownTasks(tx, batch);
  const rest: Cause[] = [];
  const followed = new Map<string, Cause[]>();
  for (const cause of batch) {
    const former = formerOf(cause, known);
    if (former === null) rest.push(cause);
    else followed.set(former, [...(followed.get(former) ?? []), cause]);
  }
  // In the order of the ids, as everybody who locks many tasks.
  for (const [taskId, causes] of [...followed].sort(([one], [other]) => (one < other ? -1 : 1)))
    if (!(await follow(tx, taskId, causes))) rest.push(...causes);
  return rest;
}

/** The causes have new notices: the task ends with those. False when it is open no more. */
async function follow(tx: Tx, taskId: string, causes: readonly Cause[]): Promise<boolean> {
  const task = await lockOpen(tx, taskId);
  const ruleId = causes[0]?.rule.id;
  if (!task || !ruleId) return false;
  const noticeIds = causes.map(({ notice }) => notice.id);
  const [claimed] = await claimMakings(tx, { ruleId, noticeIds, taskId });
  await forgetReplaced(tx, taskId, noticeIds);
  // By a person's word it is open without any.
  if (claimed && task.noticeId !== null) await updateTask(tx, taskId, { noticeId: claimed });
  return true;
}

type New = { task: string; topic: Topic };

/** False when all of it was answered or over meanwhile. */
async function make(tx: Tx, owner: Caller, { task, topic }: New, now: Date): Promise<boolean> {
  const { first, noticeIds } = topic;
  const { rule, assignee } = first;
  const claimed = await claimMakings(tx, { ruleId: rule.id, noticeIds, taskId: task });
  const [noticeId] = claimed;
  if (!noticeId) return false;
  const title = topic.isOfMany ? titleOfMany(owner, first, claimed.length) : titleOf(owner, first);
  await insertTask(tx, {
    ...{ id: task, categoryId: rule.categoryId, title, priority: rule.priority },
    ...{ dueAt: dueOf(first, now), createdAt: now, createdBy: null, updatedAt: now },
    ...{ ruleId: rule.id, noticeId, ...(await linksOf(tx, owner, topic)) },
  });
  await noteChanges(tx, { taskId: task, byId: null, changes: [{ what: "created" }] }, now);
  if (assignee.isActive) await give(tx, owner, { task, title, cause: first }, now);
  return true;
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

const titleOfMany = ({ locale }: Caller, { storeName }: Cause, count: number) =>
  translator(locale)("tasks.rules.manyPrices", { count, store: storeName ?? "" }).slice(0, 200);

/** What it is about, as far as whose rule it is may see it. */
async function linksOf(tx: Tx, owner: Caller, { first: { notice }, isOfMany }: Topic) {
  const { product_id: productId, review: reviewId } = notice.params;
  const store = notice.storeId ? await storeInSight(tx, owner, notice.storeId) : null;
  const isProduct = typeof productId === "string" && !isOfMany;
  const product = isProduct ? await productInSight(tx, owner, productId) : null;
  const isReview = typeof reviewId === "string";
  const review = isReview ? await reviewInSight(tx, owner, reviewId) : null;
  return {
    ...{ storeId: store?.id ?? null, productId: product?.id ?? null },
    ...{ reviewId: review?.id ?? null, reviewSourceId: review?.sourceId ?? null },
  };
}
