import type { SavedSession } from "@/lib/kaspi/session";
import type { AcquireSlot } from "@/lib/kaspi/transport";

export type LoginMethod = "direct" | "browser";

/** A login that waits for a code or a choice. Opaque, serializable and secret. */
export type PendingLogin = { method: LoginMethod; state: string };

export type CodeChannel = "mail" | "sms";

export type MerchantChoice = { uid: string; name: string | null };

export type LoginRefusal = {
  kind: "refused";
  /**
   * `address`: Kaspi refuses where we call from, whoever logs in. `code_old`: only another code helps.
   * `lost`: Kaspi no longer knows of this login, it must begin anew.
   */
  why:
    | "credentials"
    | "flood"
    | "permissions"
    | "no_merchants"
    | "code"
    | "code_old"
    | "lost"
    | "address"
    | "other";
  /** Kaspi's own error code, such as CREDENTIALS_INVALID. */
  code: string | null;
  /** Kaspi's own words, when it gives any. */
  text: string | null;
  /** How long Kaspi wants no login of this account. */
  breakTimeMs: number | null;
};

export type LoginOutcome =
  | { kind: "connected"; session: SavedSession; method: LoginMethod }
  | { kind: "code_required"; channel: CodeChannel; sentTo: string | null; pending: PendingLogin }
  | { kind: "choose_merchant"; merchants: MerchantChoice[]; pending: PendingLogin }
  /** With `pending` when the login may go on from there. */
  | (LoginRefusal & { pending?: PendingLogin });

/** Kaspi has taken the reply, and the way into the cabinet broke off: `pending` goes on there. */
export type BrokenOff = { kind: "broken_off"; error: unknown; pending: PendingLogin };

/** The phone is `7XXXXXXXXXX`. */
export type Credentials = { email: string; password: string } | { phone: string };

/** What a login that waits is told. */
export type LoginReply =
  | { kind: "code"; code: string }
  | { kind: "merchant"; uid: string }
  | { kind: "send_again" };

export type LoginOptions = { acquireSlot: AcquireSlot; signal?: AbortSignal };

export interface LoginFlow {
  readonly method: LoginMethod;
  /**
   * What Kaspi says of the login is a value; kaspi_timeout, kaspi_unreachable and other trouble on
   * the way is thrown. One login at a time per account is the caller's duty (protocol I).
   */
  logIn(credentials: Credentials, options: LoginOptions): Promise<LoginOutcome>;
  /**
   * The next step of a login this flow has begun, in any process. Throws as `logIn`, but for what comes
   * after the reply was taken: a code is good once, so that is a value.
   */
  goOn(
    pending: PendingLogin,
    reply: LoginReply,
    options: LoginOptions,
  ): Promise<LoginOutcome | BrokenOff>;
  /** Makes a login that the other flow has begun one of its own, where it can. */
  adopt?(pending: PendingLogin): PendingLogin;
}

/**
 * Tries the flows in order and moves on only when Kaspi refuses the address (protocol A1): a wrong
 * password or a flood would only get worse, and a dead network is no reason to open a browser.
 */
export async function logIn(
  flows: readonly LoginFlow[],
  credentials: Credentials,
  options: LoginOptions,
): Promise<LoginOutcome> {
  let outcome: LoginOutcome | undefined;
  for (const flow of flows) {
    outcome = await flow.logIn(credentials, options);
    if (outcome.kind !== "refused" || outcome.why !== "address") return outcome;
  }
  if (!outcome) throw new RangeError("no login flow given");
  return outcome;
}

/**
 * Goes on with the flow that began, and with one that can take over when the address is refused. A
 * flow that is not to be had here has lost the login.
 */
export async function goOnLoggingIn(
  flows: readonly LoginFlow[],
  pending: PendingLogin,
  reply: LoginReply,
  options: LoginOptions,
): Promise<LoginOutcome | BrokenOff> {
  const flow = flows.find(({ method }) => method === pending.method);
  if (!flow) return { kind: "refused", why: "lost", code: null, text: null, breakTimeMs: null };
  const outcome = await flow.goOn(pending, reply, options);
  const isRefused = outcome.kind === "refused" && outcome.why === "address";
  const other = flows.find((one) => one !== flow && one.adopt);
  if (!isRefused || !other?.adopt) return outcome;
  return other.goOn(other.adopt(outcome.pending ?? pending), reply, options);
}
