import { keepTo } from "@/lib/auth/pace-queries";
import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { Post } from "@/lib/mail/post";
import type { Outcome } from "@/lib/mail/smtp-answer-rules";
import { markBounced } from "@/lib/mailings/recipients/recipient-queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { LETTERS_AT_ONCE, type MailingAccess } from "../access";
import {
  type Attempt,
  type Ended,
  endWaiting,
  markUnknown,
  nextMoment,
  settleAttempt,
  takeAttempt,
} from "./attempt-queries";
import { closeRun } from "./close-run";
import { type LetterOf, letterOf } from "./letter-of";
import { failsTooOften, nextTry } from "./retry-rules";
import {
  leaveRun,
  lockMailing,
  lockRun,
  mailingById,
  type Run,
  runById,
  takeRun,
  updateMailing,
  updateRun,
} from "./run-queries";

/** Longer than one letter of ten megabytes may take. */
const LEASE_MS = 5 * MINUTE;
/** Whoever sends a run says so anew more often than this. */
const WORK_MS = MINUTE;
/** So many letters at least before failures say anything. */
const ENOUGH_TO_JUDGE = 50;

/** What a sender hears of: an attempt has come to its end. */
export type Heard = (attempt: Pick<Attempt, "email">, ended: Ended) => void;

type Options = {
  /** Who sends: nobody else does meanwhile. */
  by: string;
  post: Post;
  /** Left then, for another step to go on. */
  until: Date;
  atOnce?: number;
  onEnd?: Heard;
  signal?: AbortSignal | undefined;
};

/** `goesOn`: at once, or at `at`. */
export type Sent = { state: "over"; run: Run } | { state: "busy" } | { state: "goesOn"; at: Date };

type Work = Options & { access: MailingAccess; letter: LetterOf; runId: string; isOver: boolean };

/**
 * Sends what may leave of a run, several letters side by side, each recorded by itself as soon as its server
 * has answered. A letter is with the server only while its attempt says `sending`; whose sender died is
 * `unknown` and is never sent again by itself.
 */
export async function sendRun(
  access: MailingAccess,
  runId: string,
  options: Options,
): Promise<Sent> {
  const { db, clock } = access;
  const { by, until, atOnce = LETTERS_AT_ONCE } = options;
  const now = clock();
  const takenUntil = later(now, Math.max(WORK_MS, until.getTime() - now.getTime() + WORK_MS));
  if (!(await takeRun(db, runId, { by, now, until: takenUntil }))) {
    const run = await runById(db, runId);
    return run && run.state !== "running" ? { state: "over", run } : { state: "busy" };
  }
  const run = await runById(db, runId);
  if (!run) return { state: "busy" };
  await markUnknown(db, runId, now);
  const work: Work = {
    ...options,
    ...{ access, letter: await letterOf(access, run), runId, isOver: false },
  };
  await Promise.all(Array.from({ length: atOnce }, () => sendLetters(work)));
  const closed = await db.transaction((tx) => closeRun(tx, run, clock()));
  if (closed) return { state: "over", run: closed };
  await leaveRun(db, runId, by);
  return { state: "goesOn", at: (await nextMoment(db, runId, clock())) ?? clock() };
}

/** One of those who send side by side. */
async function sendLetters(work: Work): Promise<void> {
  const { access, until, signal } = work;
  while (!work.isOver && access.clock() < until) {
    signal?.throwIfAborted();
    if (!(await mayLeave(work))) return;
    const attempt = await access.db.transaction((tx) => nextLetter(work, tx));
    if (!attempt) return;
    await sendOne(work, attempt);
  }
}

/** Waits for the place of a letter among all of the office. False: there is none before this step is over. */
async function mayLeave({ access, until, signal }: Work): Promise<boolean> {
  const { db, clock, sleep } = access;
  const { lettersPerMinute, lettersPerHour } = await getWorkspace(db);
  const limits = [
    ["letters a minute", { everyMs: MINUTE / lettersPerMinute, burst: lettersPerMinute }],
    ["letters an hour", { everyMs: HOUR / lettersPerHour, burst: lettersPerHour }],
  ] as const;
  for (const [who, pace] of limits) {
    for (;;) {
      const waitMs = await keepTo(db, who, pace, clock());
      if (waitMs === 0) break;
      if (later(clock(), waitMs) >= until) return false;
      await sleep(Math.min(waitMs, SECOND), signal);
    }
  }
  return true;
}

/** Null: nothing of it may leave now, or the run was stopped or its time is over. */
async function nextLetter(work: Work, tx: Tx): Promise<Attempt | null> {
  const now = work.access.clock();
  const { runId } = work;
  const stand = await standOf(tx, runId);
  if (!stand?.isRunning) {
    work.isOver = true;
    return null;
  }
  if (stand.lastAt !== null && stand.lastAt <= now) {
    await endWaiting(tx, runId, { status: "failure", reason: "late", at: now });
    return null;
  }
  return takeAttempt(tx, runId, { now, leaseUntil: later(now, LEASE_MS) });
}

async function standOf(tx: Tx, runId: string) {
  const run = await runById(tx, runId);
  if (!run) return null;
  const mailing = await mailingById(tx, run.mailingId);
  return { isRunning: run.state === "running", lastAt: mailing?.lastAt ?? null };
}

async function sendOne(work: Work, attempt: Attempt): Promise<void> {
  const { access, letter, post, onEnd } = work;
  const outcome = await post.give(letter(attempt));
  const ended = endOf(outcome, attempt, access.clock());
  const isKept = await access.db.transaction(async (tx) => {
    const kept = await settleAttempt(tx, attempt, ended);
    if (kept && outcome.kind === "hard" && outcome.isNobody && attempt.recipientId)
      await markBounced(tx, attempt.recipientId, outcome.said, access.clock());
    return kept;
  });
  if (!isKept) return;
  if (ended.status !== "waiting") onEnd?.(attempt, ended);
  if (ended.status === "failure" && attempt.trigger !== "command") await pauseIfFailing(work);
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
async function pauseIfFailing(work: Work): Promise<void> {
  const { db, clock } = work.access;
  await db.transaction(async (tx) => {
    const { failuresToPause: share } = await getWorkspace(tx);
    const known = await runById(tx, work.runId);
    if (!known || !failsTooOften(known, { share, atLeast: ENOUGH_TO_JUDGE })) return;
    await lockMailing(tx, known.mailingId);
    const run = await lockRun(tx, known.id);
    if (run?.state !== "running") return;
    await updateRun(tx, run.id, { state: "paused", pauseReason: "failures" });
    await updateMailing(tx, run.mailingId, { status: "paused", updatedAt: clock() });
    work.isOver = true;
  });
}
