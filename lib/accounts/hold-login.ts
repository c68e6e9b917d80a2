import { z } from "zod";
import { loginLabel } from "@/lib/core/login-label";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { opened } from "@/lib/exits/opened";
import { wayThrough } from "@/lib/exits/way";
import { isAlive } from "@/lib/exits/way-queries";
import type { Credentials, LoginOutcome, PendingLogin } from "@/lib/kaspi/log-in";
import { MOST_ATTEMPTS } from "./attempts-model";
import type { FinishedLogin } from "./begin-login";
import { isFingerprintOf } from "./fingerprint";
import type { WaitingLogin } from "./model";
import { changePending, type PendingRow, savePending, waitingPending } from "./pending-queries";

/** A code of Kaspi's lives about as long. */
const WAITS_MS = 5 * MINUTE;
/** Kaspi sends no two codes within a minute (protocol A1, breakTimeSeconds). */
const RESEND_MS = MINUTE;
/**
 * Who logs in, and by which exit: every step goes the same way. `credentials` null: the password may
 * not be kept, not even for minutes.
 */
export type Asking = {
  userId: string;
  login: string;
  credentials: Credentials | null;
  /** Of what was typed, kept or not. */
  fingerprint: string;
  exitId: string;
  /** The shop chosen so far, else empty. */
  chosenMerchant: string;
  /** Kaspi has taken the last reply, and only the way in is left: no other reply counts. */
  isTaken?: boolean;
};

type Asked = Extract<LoginOutcome, { kind: "code_required" | "choose_merchant" }>;

const method = z.enum(["direct", "browser"]);

const waiting = z.object({
  exitId: z.string(),
  fingerprint: z.string().default(""),
  isTaken: z.boolean().default(false),
  chosenMerchant: z.string(),
  method,
  state: z.string(),
  credentials: z
    .union([
      z.strictObject({ email: z.string(), password: z.string() }),
      z.strictObject({ phone: z.string() }),
    ])
    .nullable(),
});

const inside = z.object({
  exitId: z.string(),
  method,
  session: z.object({ cookies: z.string() }),
  chosenMerchant: z.string(),
  password: z.string().nullable(),
});

/** Puts a login away until its person answers; from then on any process can go on with it. */
export async function holdLogin(
  access: KaspiAccess,
  asking: Asking,
  outcome: Asked,
  resends = 0,
): Promise<WaitingLogin> {
  const now = access.clock();
  const isCode = outcome.kind === "code_required";
  const row = await savePending(access.db, {
    userId: asking.userId,
    login: asking.login,
    step: isCode ? "code" : "choice",
    channel: isCode ? outcome.channel : null,
    sentTo: isCode ? outcome.sentTo : null,
    merchants: isCode ? null : outcome.merchants,
    state: sealed(access, outcome.pending, asking),
    resends,
    resendAt: later(now, RESEND_MS),
    expiresAt: later(now, WAITS_MS),
  });
  return waitingLogin(row, now);
}

export function sealed(access: KaspiAccess, pending: PendingLogin, asking: Asking): string {
  const { userId, login, ...kept } = asking;
  return access.vault.seal(JSON.stringify({ ...pending, ...kept }));
}

/** What the row holds; null when it was sealed with a key that is gone, or by another version of ours. */
export function unsealed(
  access: KaspiAccess,
  row: PendingRow,
): { pending: PendingLogin; asking: Asking } | null {
  const held = heldAs(waiting, access, row);
  if (!held) return null;
  const { method, state, ...typed } = held;
  return { pending: { method, state }, asking: { userId: row.userId, login: row.login, ...typed } };
}

function heldAs<T>(schema: z.ZodType<T>, { vault }: KaspiAccess, row: PendingRow): T | null {
  const kept = opened(vault, row.state);
  return kept === null ? null : (schema.safeParse(JSON.parse(kept)).data ?? null);
}

/** A login that has let us in is kept until its shops are read: no code is asked for twice. */
export async function holdFinished(
  access: KaspiAccess,
  rowId: string,
  { way, session, method, chosenMerchant, password }: FinishedLogin,
): Promise<void> {
  const kept = { exitId: way.exitId, session, method, chosenMerchant, password };
  const state = access.vault.seal(JSON.stringify(kept));
  // A code typed in the last second leaves time enough to read the shops.
  const expiresAt = later(access.clock(), WAITS_MS);
  await changePending(access.db, rowId, { step: "inside", state, expiresAt });
}

/** The login that has let us in before, without asking Kaspi again; null as `unsealed`. */
export async function finishedHeld(
  access: KaspiAccess,
  row: PendingRow,
): Promise<FinishedLogin | null> {
  const held = heldAs(inside, access, row);
  if (!held) return null;
  const { exitId, ...kept } = held;
  return { kind: "done", login: row.login, way: await wayThrough(access, exitId), ...kept };
}

/**
 * The login that waits for this person already, when exactly the same is asked once more. What may be
 * kept of it is what the person says now. Null, too, when its proxy is gone: it would wait in vain.
 */
export async function sameLoginHeld(
  access: KaspiAccess,
  { userId, login, credentials: kept }: Pick<Asking, "userId" | "login" | "credentials">,
  typed: Credentials,
): Promise<WaitingLogin | null> {
  const now = access.clock();
  const row = await waitingPending(access.db, userId, now, login);
  if (!row) return null;
  const held = unsealed(access, row);
  if (!held || !isFingerprintOf(held.asking.fingerprint, typed)) return null;
  const { pending, asking } = held;
  if (row.resendAt <= now && !(await isAlive(access.db, asking.exitId))) return null;
  if ((kept === null) !== (asking.credentials === null)) {
    const state = sealed(access, pending, { ...asking, credentials: kept });
    await changePending(access.db, row.id, { state });
  }
  return waitingLogin(row, now);
}

/** The newest login that waits for this person. */
export async function heldLogin(access: KaspiAccess, userId: string): Promise<WaitingLogin | null> {
  const now = access.clock();
  const row = await waitingPending(access.db, userId, now);
  return row && waitingLogin(row, now);
}

function waitingLogin(row: PendingRow, now: Date): WaitingLogin {
  const left = (until: Date) => Math.max(0, until.getTime() - now.getTime());
  const common = {
    pendingId: row.id,
    login: loginLabel(row.login),
    expiresInMs: left(row.expiresAt),
  };
  if (row.step === "choice")
    return { ...common, kind: "choose_merchant", merchants: row.merchants ?? [] };
  return {
    ...common,
    kind: "needs_code",
    channel: row.channel ?? "sms",
    sentTo: row.sentTo,
    resendInMs: left(row.resendAt),
    attemptsLeft: attemptsLeft(row),
  };
}

export function attemptsLeft({ attempts }: PendingRow): number {
  return Math.max(0, MOST_ATTEMPTS - attempts);
}
