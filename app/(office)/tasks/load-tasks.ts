import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { listColleagues } from "@/lib/people/colleague-queries";
import { taskAccess, zoneOf } from "@/lib/tasks/access";
import { listCategories } from "@/lib/tasks/category-queries";
import { listChanges, listComments } from "@/lib/tasks/detail-queries";
import type { Link } from "@/lib/tasks/link-queries";
import { namedLinks } from "@/lib/tasks/links";
import { PAGE, type TaskFilter, type TasksAddress } from "@/lib/tasks/list-model";
import { countTasks, goneDoers, listTasks } from "@/lib/tasks/list-queries";
import type { Rights, TaskRow } from "@/lib/tasks/model";
import { hasNews } from "@/lib/tasks/notice-queries";
import { type TaskDetail, taskDetail } from "./task-detail";
import { dueChips, type TaskReader, taskLine } from "./task-line";

/** A list as the page shows it beside the tasks. */
export type ListLine = {
  id: string;
  name: string;
  rights: Rights;
  owner: string | null;
  open: number;
  overdue: number;
};

type Asked = { address: TasksAddress; task: TaskRow | null; locale: Locale };

/** Everything the page of tasks shows. */
export async function loadTasks(caller: Caller, { address, task, locale }: Asked) {
  const { db, clock } = taskAccess();
  const now = clock();
  const filter = filterOf(caller, address, now);
  const offset = (address.page - 1) * PAGE;
  const overdueOnes = { done: false, dueBefore: now };
  const [timeZone, rows, total, overdue, lists, people, gone, about] = await Promise.all([
    zoneOf(db, caller),
    listTasks(db, caller, filter, { limit: PAGE, offset }),
    countTasks(db, caller, filter),
    countTasks(db, caller, overdueOnes),
    listCategories(db, caller, now),
    listColleagues(db),
    address.view === "person" ? goneDoers(db, caller) : [],
    aboutOf(db, caller, address.about),
  ]);
  const reader = { t: translator(locale), locale, timeZone, now };
  return {
    lines: rows.map((row) => taskLine(row, reader)),
    ...{ total, overdue, people, gone, about },
    lists: lists.map(({ id, name, rights, owner, open, overdue: late }) => {
      const whose = rights === "owner" ? null : owner.name;
      return { id, name, rights, owner: whose, open, overdue: late } satisfies ListLine;
    }),
    chips: dueChips(now, timeZone),
    detail: task && (await detailOf(db, caller, { task, reader })),
  };
}

function filterOf(caller: Caller, address: TasksAddress, now: Date): TaskFilter {
  const { view, list, person, q } = address;
  const common = { category: list, q };
  if (view === "done") return { ...common, done: true, order: "-done_at" };
  if (view === "overdue") return { ...common, done: false, dueBefore: now };
  if (view === "person") return { ...common, done: false, assignee: person ?? caller.id };
  // One list is looked at whole: that is what it was chosen for.
  if (view === "list" || list) return { ...common, done: false };
  return { ...common, done: false, mineOf: caller.id };
}

const nothing = { storeId: null, productId: null, orderId: null, reviewId: null };

/** What a new task is to be about, if they may see it. */
async function aboutOf(db: Tx, caller: Caller, about: TasksAddress["about"]): Promise<Link | null> {
  if (!about) return null;
  const [link] = await namedLinks(db, caller, { ...nothing, [`${about.kind}Id`]: about.id });
  return link ?? null;
}

type Shown = { task: TaskRow; reader: TaskReader };

async function detailOf(db: Tx, caller: Caller, { task, reader }: Shown): Promise<TaskDetail> {
  const [links, comments, changes, isNews] = await Promise.all([
    namedLinks(db, caller, task),
    listComments(db, task.id),
    listChanges(db, caller, task.id, { limit: 100, offset: 0 }),
    hasNews(db, task.id, caller.id),
  ]);
  return taskDetail(task, { links, comments, changes, hasNews: isNews }, reader);
}
