import { z } from "zod";
import { loginLabel } from "@/lib/core/login-label";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import type { Credentials, LoginOutcome, PendingLogin } from "@/lib/kaspi/log-in";
import { MOST_ATTEMPTS, type WaitingLogin } from "./model";
import { type PendingRow, savePending, waitingPending } from "./pending-queries";

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
  exitId: string;
};

type Waiting = Extract<LoginOutcome, { kind: "code_required" | "choose_merchant" }>;

const held = z.object({
  exitId: z.string(),
  method: z.enum(["direct", "browser"]),
  state: z.string(),
  credentials: z
    .union([
      z.strictObject({ email: z.string(), password: z.string() }),
      z.strictObject({ phone: z.string() }),
    ])
    .nullable(),
});

/** Puts a login away until its person answers; from then on any process can go on with it. */
export async function holdLogin(
  access: KaspiAccess,
  asking: Asking,
  outcome: Waiting,
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
    keepsPassword: asking.credentials !== null && "password" in asking.credentials,
    resendAt: later(now, RESEND_MS),
    expiresAt: later(now, WAITS_MS),
  });
  return waitingLogin(row, now);
}

export function sealed(
  access: KaspiAccess,
  pending: PendingLogin,
  { credentials, exitId }: Pick<Asking, "credentials" | "exitId">,
): string {
  return access.vault.seal(JSON.stringify({ ...pending, credentials, exitId }));
}

/** What the row holds. Throws when the row was sealed with a key that is gone. */
export function unsealed(
  access: KaspiAccess,
  row: PendingRow,
): { pending: PendingLogin; credentials: Credentials | null; exitId: string } {
  const { credentials, exitId, ...pending } = held.parse(JSON.parse(access.vault.open(row.state)));
  return { pending, credentials, exitId };
}

/** The login that waits for this person already, when exactly the same is asked once more. */
export async function sameLoginHeld(
  access: KaspiAccess,
  asking: Omit<Asking, "exitId">,
): Promise<WaitingLogin | null> {
  const now = access.clock();
  const row = await waitingPending(access.db, asking.userId, now, asking.login);
  if (!row || asking.credentials === null) return null;
  const { credentials } = unsealed(access, row);
  const isSame = JSON.stringify(credentials) === JSON.stringify(asking.credentials);
  return isSame ? waitingLogin(row, now) : null;
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
