import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { Post } from "@/lib/mail/post";
import { LETTERS_AT_ONCE, type MailingAccess } from "../access";
import {
  type Attempt,
  type Ended,
  endWaiting,
  markUnknown,
  nextMoment,
  type Taken,
} from "./attempt-queries";
import { closeRun } from "./close-run";
import { letterOf } from "./letter-of";
import { pauseRun } from "./pause-run";
import type { Limits } from "./place";
import { leaveRun, lockRun, type Run, runById, standOf, takeRun } from "./run-queries";
import { type Sender, type SentLetter, sendLetter } from "./send-letter";
import { takeLetter } from "./take-letter";

/** So long after its step whoever sends a run is waited for: a letter may be on its way still. */
const WORK_MS = MINUTE;

/** What a sender hears of, in the order in which letters were taken: an attempt has come to its end. */
export type Heard = (attempt: Pick<Attempt, "email">, ended: Ended) => void;

type Options = {
  post: Post;
  onEnd?: Heard | undefined;
  /** Who sends: nobody else does meanwhile. */
  by: string;
  /** Left then, for another step to go on. */
  until: Date;
  /** Goes on with it after that itself: nobody else takes it meanwhile. */
  stays?: boolean;
  atOnce?: number;
  signal?: AbortSignal | undefined;
};

/** `goesOn`: at once, or at `at`. */
export type Sent = { state: "over"; run: Run } | { state: "busy" } | { state: "goesOn"; at: Date };

type Work = Options & {
  access: MailingAccess;
  letter: Sender["letter"];
  runId: string;
  isOver: boolean;
  /** When the office's limits let the next letter leave. */
  freeAt: Date | null;
  /** Letters are taken one after the other, and sent side by side. */
  turn: Promise<unknown>;
  /** Those before have been told of. */
  told: Promise<unknown>;
};

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
  const { by, until, stays = false, atOnce = LETTERS_AT_ONCE } = options;
  const now = clock();
  if (!(await takeRun(db, runId, { by, now, until: later(until, WORK_MS) }))) {
    const run = await runById(db, runId);
    return run && run.state !== "running" ? { state: "over", run } : { state: "busy" };
  }
  const run = await runById(db, runId);
  if (!run) return { state: "busy" };
  await db.transaction((tx) => markUnknown(tx, runId, now));
  const work: Work = {
    ...options,
    ...{ access, letter: await letterOf(access, run), runId },
    ...{ isOver: false, freeAt: null, turn: Promise.resolve(), told: Promise.resolve() },
  };
  const senders = Array.from({ length: atOnce }, () => sendLetters(work));
  const ends = await Promise.allSettled(senders);
  await work.told;
  const fallen = ends.find(({ status }) => status === "rejected");
  if (fallen?.status === "rejected") throw fallen.reason;
  const closed = await db.transaction((tx) => closeRun(tx, run, clock()));
  if (closed || !stays) await leaveRun(db, runId, by);
  if (closed) return { state: "over", run: closed };
  const next = (await nextMoment(db, runId, clock())) ?? clock();
  return { state: "goesOn", at: work.freeAt && work.freeAt > next ? work.freeAt : next };
}

/** One of those who send side by side. When one falls all stop, each after its letter: what is on its way is recorded. */
async function sendLetters(work: Work): Promise<void> {
  try {
    await sendInTurn(work);
  } catch (error) {
    work.isOver = true;
    throw error;
  }
}

async function sendInTurn(work: Work): Promise<void> {
  const { access, until, signal } = work;
  while (!work.isOver && access.clock() < until) {
    signal?.throwIfAborted();
    const limits = await goesOn(work);
    if (!limits) return;
    const taken = work.turn.then(() => nextLetter(work, limits));
    work.turn = taken.catch(() => null);
    const attempt = await taken;
    if (!attempt) return;
    const sent = sendLetter(access, attempt, work);
    tellOf(work, attempt, sent);
    const { isStopped } = await sent;
    work.isOver ||= isStopped;
  }
}

/** Whoever sends it side by side hears of it in its turn. */
function tellOf(work: Work, attempt: Taken, sent: Promise<SentLetter>): void {
  const before = work.told;
  const tell = async ({ ended }: SentLetter) => {
    await before;
    if (ended && ended.status !== "waiting") work.onEnd?.(attempt, ended);
  };
  work.told = sent.then(tell, () => before);
}

/** Null: nothing of it may leave before this step is over, or the run was stopped or its time is over. */
async function nextLetter(work: Work, known: Limits): Promise<Taken | null> {
  const { access, runId, until, signal } = work;
  for (let limits: Limits | null = known; limits && !work.isOver; limits = await goesOn(work)) {
    const next = await takeLetter(access, runId, limits);
    if (!next || "id" in next) return next;
    if (next.freeAt >= until) {
      work.freeAt = next.freeAt;
      return null;
    }
    const waitMs = next.freeAt.getTime() - access.clock().getTime();
    await access.sleep(Math.min(Math.max(waitMs, 1), SECOND), signal);
  }
  return null;
}

/** The office's limits; null when the run is stopped, its owner blocked, or it is late, which ends what is left of it. */
async function goesOn(work: Work): Promise<Limits | null> {
  const { access, runId } = work;
  if (work.isOver) return null;
  const now = access.clock();
  const stand = await standOf(access.db, runId);
  const isLate = !!stand?.lastAt && stand.lastAt <= now;
  work.isOver = stand?.state !== "running" || isLate || !stand.hasOwner;
  if (!work.isOver) return stand;
  if (stand?.state !== "running") return null;
  await access.db.transaction(async (tx) => {
    if (isLate) await endLate(tx, runId, now);
    else await pauseRun(tx, runId, "owner", now);
  });
  return null;
}

async function endLate(tx: Tx, runId: string, now: Date): Promise<void> {
  const run = await lockRun(tx, runId);
  if (run?.state === "running")
    await endWaiting(tx, runId, { status: "failure", reason: "late", at: now });
}
