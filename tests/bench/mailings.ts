import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Caller } from "@/lib/auth/model";
import { createOwner, findCaller } from "@/lib/auth/users";
import { HOUR, later, sleep, systemClock } from "@/lib/core/time";
import { mailings, messages } from "@/lib/db/schema/mailings";
import { workspace } from "@/lib/db/schema/workspace";
import { smtpPost } from "@/lib/mail/post";
import { importRecipients } from "@/lib/mailings/recipients/import-recipients";
import { beginRun } from "@/lib/mailings/runs/begin-run";
import { attemptsOf, runsOf } from "@/lib/mailings/runs/history-queries";
import { lockMailing, type Run } from "@/lib/mailings/runs/run-queries";
import { sendRun } from "@/lib/mailings/runs/send-run";
import { newDatabase, postgresServer } from "./database";
import type { Bench, Figure } from "./figure";
import { mostMemoryOf } from "./processes";
import { timed } from "./stopwatch";

const RECIPIENTS = 100_000;
const SENT = 6_000;
const RUNS = 10;
const VIEWS = 200;

type Office = Awaited<ReturnType<typeof office>>;

/** Letters a minute with each recorded, what very many recipients take, and a page among very many attempts. */
export const bench: Bench = async () => {
  const mail = fork(path.join(import.meta.dirname, "mail-process.ts"));
  const [port] = await once(mail, "message");
  const own = await office();
  const figures = [
    await imported(own),
    await begun(own),
    await sent(own, Number(port), mail.pid ?? 0),
  ];
  mail.disconnect();
  return [...figures, ...(await pages(own))];
};

async function office() {
  const database = await newDatabase();
  const { db } = database;
  const user = { email: "owner@example.kz", name: "owner", password: "a long password" };
  const caller = await findCaller(db, await createOwner(db, user, systemClock()), 1);
  if (!caller) throw new Error("the user was not created");
  await db.update(workspace).set({ lettersPerMinute: 1e6, lettersPerHour: 1e7 });
  return { ...database, caller };
}

/** How much more a process has held at once after the work than ever before. */
async function heldBy<Result>(work: () => Promise<Result>) {
  globalThis.gc?.();
  const before = mostMemoryOf(process.pid);
  const start = performance.now();
  const result = await work();
  return { result, wall: performance.now() - start, held: mostMemoryOf(process.pid) - before };
}

async function imported({ db, caller }: Office): Promise<Figure> {
  const lines = Array.from({ length: RECIPIENTS }, (_, n) => `user${n}@example.kz;Имя ${n};опт`);
  const file = new TextEncoder().encode(["Почта;Имя;Метки", ...lines].join("\n"));
  const given = { file, tags: [], update: false };
  const { wall, held } = await heldBy(() => importRecipients(db, caller, given, systemClock()));
  const what = `import of ${RECIPIENTS.toLocaleString("en")} recipients, memory`;
  return { what, value: held, unit: "MB", note: `${(wall / 1_000).toFixed(1)} s` };
}

async function begun({ db, caller }: Office): Promise<Figure> {
  const { wall, held } = await heldBy(() => runOf(db, caller, "to all"));
  const what = `beginning of a run to ${RECIPIENTS.toLocaleString("en")}, memory`;
  const note = `${(wall / 1_000).toFixed(1)} s`;
  return { what, value: held, unit: "MB", target: { most: 50 }, note };
}

async function runOf(db: Office["db"], { id: ownerId }: Caller, subject: string): Promise<Run> {
  const now = systemClock();
  const at = { createdAt: now, updatedAt: now };
  const text = "Здравствуйте, {{name}}. У нас новое поступление.";
  const [message] = await db
    .insert(messages)
    .values({ ownerId, subject, bodyText: text, bodyHtml: `<p>${text}</p>`, ...at })
    .returning({ id: messages.id });
  const [made] = await db
    .insert(mailings)
    .values({ ownerId, messageId: message?.id ?? "", toAll: true, ...at })
    .returning({ id: mailings.id });
  return db.transaction(async (tx) => {
    const mailing = await lockMailing(tx, made?.id ?? 0);
    if (!mailing) throw new Error("the mailing was not made");
    return beginRun(tx, { mailing, trigger: "manual", startedBy: ownerId }, systemClock());
  });
}

/** A run's letters, as long as so many have left. */
async function sent({ db, sql }: Office, port: number, mailPid: number): Promise<Figure> {
  const [run] = await sql<{ id: string }[]>`select id from mailing_runs`;
  const access = {
    ...{ db, clock: systemClock, sleep, openPost: null, hasMailbox: false },
    ...{ officeUrl: "https://office.example.kz", secret: "a secret of the bench" },
  };
  const settings = {
    ...{ host: "127.0.0.1", port, tls: "off" as const, login: null },
    from: "Duken <office@example.kz>",
  };
  const post = smtpPost(settings, { connections: 5 });
  const stop = new AbortController();
  let left = 0;
  const onEnd = () => {
    left += 1;
    if (left >= SENT) stop.abort(new Error("enough"));
  };
  const until = later(systemClock(), HOUR);
  const pids = { postgres: postgresServer().pid, twin: mailPid };
  const { wall, own, postgres, twin } = await timed(pids, () =>
    sendRun(access, run?.id ?? "", {
      by: crypto.randomUUID(),
      post,
      until,
      onEnd,
      signal: stop.signal,
    }).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    }),
  );
  post.close();
  const each = (ms: number) => (ms / left).toFixed(2);
  return {
    what: "letters sent to a mail server of this machine, each recorded",
    value: (left / wall) * 60_000,
    unit: "/min",
    target: { least: 3_000 },
    note: `${each(own)} ms own, ${each(postgres)} ms Postgres, ${each(twin)} ms mail server each`,
  };
}

/** The page of a mailing with ten runs of a hundred thousand letters. */
async function pages({ db, sql, caller }: Office): Promise<Figure[]> {
  const [{ id: mailingId } = { id: 0 }] = await sql<{ id: number }[]>`
    insert into mailings (owner_id, message_id, created_at, updated_at)
    select ${caller.id}, id, now(), now() from messages returning id`;
  await sql`insert into mailing_runs (mailing_id, number, trigger, state, started_at, total, subject,
      body_text, body_html)
    select ${mailingId}, n, 'manual', 'completed', now(), ${RECIPIENTS}, 'Новости', '', ''
    from generate_series(1, ${RUNS}) as n`;
  await sql`insert into attempts (mailing_id, run_id, run_number, trigger_type, email, full_name, nth,
      status, tries, smtp_code, server_response, at)
    select ${mailingId}, run.id, run.number, 'manual', 'user' || n || '@example.kz', 'Имя ' || n, n,
      case when n % 50 = 0 then 'failure' else 'success' end, 1, 250, '250 2.0.0 OK', now()
    from mailing_runs run, generate_series(1, ${RECIPIENTS}) as n where run.mailing_id = ${mailingId}`;
  await sql`vacuum analyze attempts`;
  const runs = await runsOf(db, mailingId, 50);
  const runId = runs[4]?.id ?? "";
  const asked: [string, Parameters<typeof attemptsOf>[2]][] = [
    ["the first of a run", {}],
    ["far down", { after: 90_000 }],
    ["the failed", { status: "failure" }],
    ["by an address", { q: "user9999" }],
  ];
  const figures: Figure[] = [];
  for (const [what, query] of asked) {
    const views: number[] = [];
    for (let view = 0; view < VIEWS; view += 1) {
      const start = performance.now();
      await Promise.all([runsOf(db, mailingId, 50), attemptsOf(db, runId, query, 100)]);
      views.push(performance.now() - start);
    }
    const sorted = views.toSorted((a, b) => a - b);
    figures.push({
      what: `a page of attempts among ${(RUNS * RECIPIENTS).toLocaleString("en")}, ${what}, 99th of 100`,
      value: sorted[Math.floor(VIEWS * 0.99)] ?? Number.NaN,
      unit: "ms",
      target: { most: 150 },
      note: `half within ${(sorted[VIEWS / 2] ?? 0).toFixed(1)} ms`,
    });
  }
  return figures;
}
