import { AppError } from "@/lib/core/errors";
import { later } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { wayThrough } from "@/lib/exits/way";
import type { LoginOutcome, LoginReply } from "@/lib/kaspi/log-in";
import { noteAttempt } from "./attempt-queries";
import { MOST_RESENDS } from "./attempts-model";
import { type LoginStep, settleLogin } from "./begin-login";
import { attemptsLeft, finishedHeld, holdFinished, sealed, unsealed } from "./hold-login";
import { attemptLogin, attemptReply, oneLoginAtATime, PERSONS_PATIENCE_MS } from "./log-in";
import { assertLoginAllowed } from "./login-allowed";
import { loginError, refuseDuringBreak, setbackOf } from "./login-outcome";
import { blockLogin, breakOfLogin } from "./login-queries";
import type { Asker, LoginReplied } from "./model";
import {
  changePending,
  endExpired,
  endPending,
  type PendingRow,
  pendingById,
} from "./pending-queries";

type Refused = Extract<LoginOutcome, { kind: "refused" }>;

/**
 * Goes on with a login of this person, in whatever process it began. Throws `not_found` for another
 * person's, `gone` for one that is over (key `login_expired`), whose code is too old (`login_code_old`)
 * or that Kaspi has forgotten (`login_lost`): the last two may still send another code;
 * `kaspi_credentials` for a wrong code, after which the right one may follow.
 */
export async function replyToLogin(
  access: KaspiAccess,
  { userId, by }: Asker,
  { pendingId, reply }: LoginReplied,
  signal?: AbortSignal,
): Promise<LoginStep> {
  const { login } = await livePending(access, userId, pendingId);
  return oneLoginAtATime<LoginStep>(access, login, {
    look: async () => null,
    work: async (inTime) => {
      // Only now it is ours: another window may have answered meanwhile.
      const row = await livePending(access, userId, pendingId);
      await assertLoginAllowed(access, userId, login);
      if (row.step !== "inside") await refuseInVain(access, row, reply, by);
      return answer(access, row, reply, inTime);
    },
    signal,
    patienceMs: PERSONS_PATIENCE_MS,
  });
}

async function livePending(access: KaspiAccess, userId: string, id: string): Promise<PendingRow> {
  const row = await pendingById(access.db, userId, id);
  const now = access.clock();
  if (row.expiresAt > now) return row;
  await endExpired(access.db, row.id, now);
  throw new AppError("gone", "login_expired");
}

/** What Kaspi would only answer with a flood is not asked, and nobody is pestered with codes. */
async function refuseInVain(
  { db, clock }: KaspiAccess,
  row: PendingRow,
  reply: LoginReply,
  by: string,
): Promise<void> {
  if (reply.kind === "code" && attemptsLeft(row) === 0)
    throw new AppError("gone", "login_code_old");
  if (reply.kind !== "send_again") return;
  const now = clock();
  const left = (until: Date) => ({ retryAfterMs: until.getTime() - now.getTime() });
  if (row.resendAt > now) throw new AppError("kaspi_flood", "kaspi_flood", left(row.resendAt));
  const pause = await breakOfLogin(db, row.login, now);
  if (pause?.by === "flood") refuseDuringBreak(pause, now);
  if (row.resends >= MOST_RESENDS)
    throw new AppError("rate_limited", "too_many_kaspi_logins", left(row.expiresAt));
  await noteAttempt(db, { userId: row.userId, by }, row.login, now);
}

async function answer(
  access: KaspiAccess,
  row: PendingRow,
  reply: LoginReply,
  signal: AbortSignal,
): Promise<LoginStep> {
  if (row.step === "inside") return (await finishedHeld(access, row)) ?? (await end(access, row));
  const held = unsealed(access, row);
  if (!held) return end(access, row);
  const { pending, asking } = held;
  const way = await wayThrough(access, asking.exitId);
  const again = reply.kind === "send_again";
  const resends = row.resends + (again ? 1 : 0);
  const outcome = await attemptReply(access, way, pending, reply, signal);
  const chosen = reply.kind === "merchant" && !asking.isTaken ? { chosenMerchant: reply.uid } : {};
  const asked = { ...asking, ...chosen };
  if (outcome.kind === "broken_off") {
    const state = sealed(access, outcome.pending, { ...asked, isTaken: true });
    await changePending(access.db, row.id, { state });
    throw outcome.error;
  }
  if (outcome.kind !== "refused") {
    const step = await settleLogin(access, asked, way, outcome, resends);
    if (step.kind === "done") await holdFinished(access, row.id, step);
    return step;
  }
  const { credentials } = asking;
  if (outcome.why === "lost" && again && credentials) {
    const anew = await attemptLogin(access, way, credentials, signal);
    return settleLogin(access, asking, way, anew, resends);
  }
  return refuse(access, row, { asking, pending }, outcome);
}

/** It leads nowhere: it has to be begun anew. */
async function end(access: KaspiAccess, row: PendingRow): Promise<never> {
  await endPending(access.db, row.userId, row.login);
  throw new AppError("gone", "login_gone");
}

async function refuse(
  access: KaspiAccess,
  row: PendingRow,
  { asking, pending }: NonNullable<ReturnType<typeof unsealed>>,
  outcome: Refused,
): Promise<never> {
  // Nothing is left that another code could be asked with.
  if (outcome.why === "lost" && (row.step === "choice" || asking.credentials === null))
    return end(access, row);
  const state = sealed(access, outcome.pending ?? pending, asking);
  const resendAt = await noteRefusal(access, row, outcome, state);
  const waitMs = resendAt.getTime() - access.clock().getTime();
  throw loginError(outcome, waitMs > 0 ? waitMs : undefined);
}

/** Keeps where the login stands now. Returns when Kaspi may be asked for another code. */
async function noteRefusal(
  access: KaspiAccess,
  row: PendingRow,
  outcome: Refused,
  state: string,
): Promise<Date> {
  const now = access.clock();
  const { why, breakTimeMs } = outcome;
  const setback = setbackOf(outcome);
  const asked =
    setback?.by === "flood"
      ? (await blockLogin(access.db, row.login, { ...setback, isPersons: true }, now)).until
      : later(now, breakTimeMs ?? 0);
  const resendAt = new Date(Math.max(asked.getTime(), row.resendAt.getTime()));
  const attempts = row.attempts + (why === "code" ? 1 : 0);
  await changePending(access.db, row.id, { state, attempts, resendAt });
  return resendAt;
}
