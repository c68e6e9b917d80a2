import type { Tx } from "@/lib/db/client";
import type { Post } from "@/lib/mail/post";
import type { Outcome } from "@/lib/mail/smtp-answer-rules";
import { markBounced } from "@/lib/mailings/recipients/recipient-queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { MailingAccess } from "../access";
import { type Attempt, type Ended, settleAttempt, type Taken } from "./attempt-queries";
import type { LetterOf } from "./letter-of";
import { pauseRun } from "./pause-run";
import { failsTooOften, nextTry } from "./retry-rules";
import { lockRun, runById } from "./run-queries";

/** So many letters at least before failures say anything. */
const ENOUGH_TO_JUDGE = 50;

export type Sender = { letter: LetterOf; post: Post };
/** `ended`: what was recorded. `isStopped`: the run was paused, because too many fail. */
export type SentLetter = { ended: Ended | null; isStopped: boolean };

/**
 * Sends the letter of an attempt that is taken and records what became of it, unless its lease was over and it
 * counts as unknown already.
 */
export async function sendLetter(
  access: MailingAccess,
  attempt: Taken,
  { letter, post }: Sender,
): Promise<SentLetter> {
  const { silence } = attempt;
  const outcome = silence === null ? await post.give(letter(attempt)) : null;
  const now = access.clock();
  const ended: Ended =
    outcome === null
      ? { status: "skipped", reason: silence, at: now }
      : endOf(outcome, attempt, now);
  const isKept =
    ended.status === "success"
      ? await settleAttempt(access.db, attempt, ended)
      : await access.db.transaction((tx) => settle(tx, attempt, { ended, outcome }, now));
  if (!isKept) return { ended: null, isStopped: false };
  const isOurs = outcome?.kind === "hard" && outcome.isOurs;
  return { ended, isStopped: await pauseIfInVain(access, attempt, { ended, isOurs }) };
}

/** What has not arrived, and that there is no such box. */
async function settle(
  tx: Tx,
  attempt: Attempt,
  { ended, outcome }: { ended: Ended; outcome: Outcome | null },
  now: Date,
): Promise<boolean> {
  const isKept = await settleUnlessCancelled(tx, attempt, ended, now);
  if (isKept && outcome?.kind === "hard" && outcome.isNobody && attempt.recipientId) {
    const { recipientId: id, email } = attempt;
    await markBounced(tx, { id, email, reason: outcome.said }, now);
  }
  return isKept;
}

/** What would wait for its next try does not in a run that was cancelled meanwhile. */
async function settleUnlessCancelled(
  tx: Tx,
  attempt: Attempt,
  ended: Ended,
  now: Date,
): Promise<boolean> {
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
      // It waits for whoever puts the settings right.
      if (outcome.isOurs && trigger !== "command")
        return { status: "waiting", ...words, nextAt: null };
      return { status: "failure", ...words, at: now };
    case "soft": {
      const nextAt = nextTry(tries, trigger, now);
      return nextAt === null
        ? { status: "failure", ...words, at: now }
        : { status: "waiting", ...words, nextAt };
    }
  }
}

/**
 * A server that refuses so many would only learn to refuse all, and one that refuses us takes no letter at all: a
 * person looks first. Whoever runs the command looks on, and it goes on to its end.
 */
async function pauseIfInVain(
  { db, clock }: Pick<MailingAccess, "db" | "clock">,
  { runId, trigger }: Attempt,
  { ended, isOurs }: { ended: Ended; isOurs: boolean },
): Promise<boolean> {
  if (trigger === "command") return false;
  if (isOurs) return db.transaction((tx) => pauseRun(tx, runId, "settings", clock()));
  if (ended.status !== "failure") return false;
  return db.transaction(async (tx) => {
    const { failuresToPause: share } = await getWorkspace(tx);
    const known = await runById(tx, runId);
    if (!known || !failsTooOften(known, { share, atLeast: ENOUGH_TO_JUDGE })) return false;
    return pauseRun(tx, runId, "failures", clock());
  });
}
