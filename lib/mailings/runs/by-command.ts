import { randomUUID } from "node:crypto";
import { AppError, isAppError } from "@/lib/core/errors";
import { later, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { Post } from "@/lib/mail/post";
import type { Overheard } from "@/lib/mail/smtp";
import type { MailingAccess } from "../access";
import type { Ended } from "./attempt-queries";
import { beginRun } from "./begin-run";
import { lockMailing, type Run, takeRun } from "./run-queries";
import { type Heard, sendRun } from "./send-run";

/** How much is said: 0 failures alone, 1 the beginning and the end, too, 2 each letter, 3 the dialogue with the server. */
export type Verbosity = 0 | 1 | 2 | 3;
type Say = { line(text: string): void; fault(text: string): void };

const STEP_MS = 20 * SECOND;

/**
 * Sends a mailing from its beginning to its end, for whoever stands before a terminal. Throws `not_found` and
 * `conflict` in the command's own words; answers the run, which may have failures.
 */
export async function sendByCommand(
  access: MailingAccess,
  mailingId: number,
  verbosity: Verbosity,
  say: Say,
): Promise<Run> {
  const { db, clock, openPost } = access;
  const by = randomUUID();
  const overhear: Overheard = (side, line) =>
    say.line(`    ${side === "client" ? "C:" : "S:"} ${line}`);
  const { run, post } = await db.transaction(async (tx) => {
    const begun = await begin(tx, mailingId, { by, now: clock() });
    if (!openPost) throw new AppError("conflict", "mail_not_set");
    return { run: begun, post: openPost(verbosity === 3 ? overhear : undefined) };
  });
  const toSend = run.total - run.skipped;
  if (verbosity > 0)
    say.line(`Начинаю отправку рассылки #${mailingId} для ${toSend} получателей...`);
  const onEnd: Heard = ({ email }, ended) => sayEnd(say, verbosity, email, ended);
  try {
    const sent = await sendToTheEnd(access, run.id, {
      by,
      post,
      onEnd,
      ...(verbosity === 3 && { atOnce: 1 }),
    });
    if (verbosity > 0) for (const line of endOf(sent)) say.line(line);
    return sent;
  } finally {
    post.close();
  }
}

/** The run is ours from its first moment, or the tick would send it and there would be nothing to say. */
async function begin(tx: Tx, id: number, { by, now }: { by: string; now: Date }): Promise<Run> {
  const mailing = await lockMailing(tx, id);
  if (!mailing) throw new AppError("not_found", "mailing_unknown", { params: { id } });
  const run = await beginRun(tx, { mailing, trigger: "command", startedBy: null }, now);
  await takeRun(tx, run.id, { by, now, until: later(now, STEP_MS) });
  return run;
}

/** Waits for letters that the server would take later, too. */
async function sendToTheEnd(
  access: MailingAccess,
  runId: string,
  sender: { by: string; post: Post; onEnd: Heard; atOnce?: number },
): Promise<Run> {
  const { clock, sleep } = access;
  for (;;) {
    const until = later(clock(), STEP_MS);
    const sent = await sendRun(access, runId, { ...sender, until, stays: true });
    if (sent.state === "over") return sent.run;
    const waitMs = sent.state === "goesOn" ? sent.at.getTime() - clock().getTime() : SECOND;
    await sleep(Math.min(Math.max(waitMs, 100), SECOND));
  }
}

function sayEnd(say: Say, verbosity: Verbosity, email: string, ended: Ended): void {
  const { status, serverResponse, reason } = ended;
  const why = serverResponse || reason;
  if (status === "success" && verbosity >= 2) say.line(`  ✓ Отправлено: ${email}`);
  if (status === "failure") say.fault(`  ✗ Ошибка для ${email}: ${why}`);
  if (status === "unknown") say.fault(`  ? Неизвестно для ${email}: ${why}`);
}

/** A person may have stopped it meanwhile, on its page. */
function endOf({ mailingId, state, succeeded, failed, unknown }: Run): string[] {
  const end = state === "completed" ? "завершена" : "остановлена";
  const counted = `Успешно: ${succeeded}, Ошибки: ${failed + unknown}`;
  return ["", `Рассылка #${mailingId} ${end}. ${counted}`];
}

/** What stands on the command's last line when it could not begin. */
export function refusalOf(error: unknown, mailingId: number | string): string | null {
  if (isAppError(error, "not_found")) return `Рассылка с ID ${mailingId} не найдена`;
  if (isAppError(error) && error.key === "mailing_sent") return "Рассылка уже отправлена";
  return null;
}
