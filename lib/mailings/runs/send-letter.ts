import type { Tx } from "@/lib/db/client";
import type { Post } from "@/lib/mail/post";
import type { Outcome } from "@/lib/mail/smtp-answer-rules";
import { markBounced } from "@/lib/mailings/recipients/recipient-queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { MailingAccess } from "../access";
import { type Attempt, type Ended, settleAttempt, silenceOf } from "./attempt-queries";
import type { LetterOf } from "./letter-of";
import { failsTooOften, nextTry } from "./retry-rules";
import { lockMailing, lockRun, runById, updateMailing, updateRun } from "./run-queries";

/** So many letters at least before failures say anything. */
const ENOUGH_TO_JUDGE = 50;

/** What a sender hears of: an attempt has come to its end. */
export type Heard = (attempt: Pick<Attempt, "email">, ended: Ended) => void;

export type Sender = { letter: LetterOf; post: Post; onEnd?: Heard };

/**
 * Sends the letter of an attempt that is taken and records what became of it, unless its lease was over and it
 * counts as unknown already. `isStopped`: the run was paused, because too many fail.
 */
export async function sendLetter(
  access: MailingAccess,
  attempt: Attempt,
  { letter, post, onEnd }: Sender,
): Promise<{ isStopped: boolean }> {
  const reason = await silenceOf(access.db, attempt);
  const outcome = reason === null ? await post.give(letter(attempt)) : null;
  const now = access.clock();
  const ended: Ended =
    outcome === null ? { status: "skipped", reason, at: now } : endOf(outcome, attempt, now);
  const isKept = await access.db.transaction(async (tx) => {
    const kept = await settle(tx, attempt, ended, now);
    if (kept && outcome?.kind === "hard" && outcome.isNobody && attempt.recipientId) {
      const { recipientId: id, email } = attempt;
      await markBounced(tx, { id, email, reason: outcome.said }, now);
    }
    return kept;
  });
  if (isKept && ended.status !== "waiting") onEnd?.(attempt, ended);
  const mayStop = isKept && ended.status === "failure" && attempt.trigger !== "command";
  return { isStopped: mayStop && (await pauseIfFailing(access, attempt.runId)) };
}

/** What would wait for its next try does not in a run that was cancelled meanwhile. */
async function settle(tx: Tx, attempt: Attempt, ended: Ended, now: Date): Promise<boolean> {
  if (ended.status !== "waiting") return settleAttempt(tx, attempt, ended);
  const run = await lockRun(tx, attempt.runId);
  const { nextAt: _never, ...said } = ended;
  const cancelled: Ended = { ...said, status: "skipped", reason: "cancelled", at: now };
  return settleAttempt(tx, attempt, run?.state === "cancelled" ? cancelled : ended);
}

function endOf(outcome: Outcome, { tries, trigger }: Attempt, now: Date): Ended {
  const words = {
    smtpCode: outcome.kind === "unknown" ? null : outcome.code,
    serverResponse: outcome.said,
  };
  switch (outcome.kind) {
    case "success":
      return { status: "success", ...words, at: now };
    case "unknown":
      return { status: "unknown", ...words, reason: "no_answer", at: now };
    case "hard":
      return { status: "failure", ...words, at: now };
    case "soft": {
      const nextAt = nextTry(tries, trigger, now);
      return nextAt === null
        ? { status: "failure", ...words, at: now }
        : { status: "waiting", ...words, nextAt };
    }
  }
}

/** A server that refuses so many would only learn to refuse all: a person looks first. */
async function pauseIfFailing(
  { db, clock }: Pick<MailingAccess, "db" | "clock">,
  runId: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { failuresToPause: share } = await getWorkspace(tx);
    const known = await runById(tx, runId);
    if (!known || !failsTooOften(known, { share, atLeast: ENOUGH_TO_JUDGE })) return false;
    await lockMailing(tx, known.mailingId);
    const run = await lockRun(tx, known.id);
    if (run?.state !== "running") return true;
    await updateRun(tx, run.id, { state: "paused", pauseReason: "failures" });
    await updateMailing(tx, run.mailingId, { status: "paused", updatedAt: clock() });
    return true;
  });
}
