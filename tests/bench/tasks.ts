import type { Caller } from "@/lib/auth/model";
import { createOwner, findCaller } from "@/lib/auth/users";
import { DAY, later, MINUTE, systemClock } from "@/lib/core/time";
import { listCategories } from "@/lib/tasks/category-queries";
import { PAGE, type TaskFilter } from "@/lib/tasks/list-model";
import { countTasks, listTasks } from "@/lib/tasks/list-queries";
import { tellDue } from "@/lib/tasks/tell-due";
import { newDatabase } from "./database";
import type { Bench, Figure } from "./figure";
import { median } from "./stopwatch";

const TASKS = 100_000;
const LISTS = 200;
const DUE = 10_000;
const ROUNDS = 9;

/** What a page of tasks asks Postgres among very many, and what it costs to tell of very many at once. */
export const bench: Bench = async () => {
  const { db, sql } = await newDatabase();
  const person = async (name: string): Promise<Caller> => {
    const user = { email: `${name}@example.kz`, name, password: "a long password" };
    const caller = await findCaller(db, await createOwner(db, user, systemClock()), 1);
    if (!caller) throw new Error("the user was not created");
    return caller;
  };
  const [head, colleague] = [await person("head"), await person("colleague")];
  // Half of the lists are the head's, one in ten is shared with the colleague.
  await sql`insert into task_categories (id, owner_id, name, created_at, updated_at)
    select encode(sha256(('list ' || n)::bytea), 'hex'),
      case n % 2 when 0 then ${head.id}::uuid else ${colleague.id}::uuid end, 'List ' || n, now(), now()
    from generate_series(1, ${LISTS}) as n`;
  await sql`insert into category_members (category_id, user_id, rights, since)
    select encode(sha256(('list ' || n)::bytea), 'hex'), ${colleague.id}, 'edit', now()
    from generate_series(10, ${LISTS}, 10) as n`;
  await sql`insert into tasks (id, category_id, title, due_at, priority, created_at, updated_at, done_at)
    select encode(sha256(('task ' || n)::bytea), 'hex'),
      encode(sha256(('list ' || n % ${LISTS} + 1)::bytea), 'hex'), 'Count what is left, shelf ' || n,
      case when n % 4 > 0 then now() + (n % 100000 - 30000) * interval '1 minute' + interval '2 days' end,
      (array['low', 'normal', 'high'])[n % 3 + 1], now() - n * interval '1 minute', now(),
      case when n % 3 = 0 then now() end
    from generate_series(1, ${TASKS}) as n`;
  await sql`insert into task_assignees (task_id, user_id, since)
    select encode(sha256(('task ' || n)::bytea), 'hex'),
      case n % 3 when 0 then ${head.id}::uuid else ${colleague.id}::uuid end, now()
    from generate_series(1, ${TASKS}, 2) as n`;
  await sql`vacuum analyze`;
  const now = systemClock();
  const list = (await listCategories(db, head, now))[0]?.id ?? "";
  const page = (caller: Caller, filter: TaskFilter, offset = 0) =>
    Promise.all([
      listTasks(db, caller, filter, { limit: PAGE, offset }),
      countTasks(db, caller, filter),
    ]);
  const asked: [string, () => Promise<unknown>][] = [
    ["one's own", () => page(head, { mineOf: head.id, done: false })],
    ["of a colleague", () => page(colleague, { assignee: colleague.id, done: false })],
    ["of one list", () => page(head, { category: list, done: false })],
    ["overdue", () => page(head, { done: false, dueBefore: now })],
    ["done, the newest first", () => page(head, { done: true, order: "-done_at" })],
    ["by a word", () => page(head, { q: "shelf 77", done: false })],
    ["far down", () => page(head, { done: false }, 20_000)],
    ["beside the lists with their counts", () => listCategories(db, head, now)],
  ];
  const figures: Figure[] = [];
  for (const [what, ask] of asked) {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await ask();
      rounds.push(performance.now() - begun);
    }
    const named = `a page of ${TASKS.toLocaleString("en")} tasks and their count, ${what}`;
    figures.push({ what: named, value: median(rounds), unit: "ms", target: { most: 150 } });
  }
  return [...figures, await scan()];

  async function scan(): Promise<Figure> {
    const minute = later(now, 400 * DAY);
    await sql`update tasks set due_at = ${minute.toISOString()}, done_at = null where id in
      (select id from tasks order by id limit ${DUE})`;
    await sql`update task_clock set told_until = ${later(minute, -MINUTE).toISOString()}`;
    const begun = performance.now();
    const told = await tellDue({ db, clock: () => minute });
    const value = performance.now() - begun;
    if (told.due !== DUE) throw new Error(`${told.due} of ${DUE} were told`);
    const what = `telling of ${DUE.toLocaleString("en")} deadlines of one minute`;
    return { what, value, unit: "ms", target: { most: 5_000 } };
  }
};
