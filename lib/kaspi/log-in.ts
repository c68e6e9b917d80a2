import type { SavedSession } from "@/lib/kaspi/session";
import type { AcquireSlot } from "@/lib/kaspi/transport";

export type LoginMethod = "direct" | "browser";

/** A login that waits for a code or a choice. Opaque, serializable and secret. */
export type PendingLogin = { method: LoginMethod; state: string };

export type LoginRefusal = {
  kind: "refused";
  /** `address`: Kaspi refuses where we call from, whoever logs in. */
  why: "credentials" | "flood" | "permissions" | "no_merchants" | "code" | "address" | "other";
  /** Kaspi's own error code, such as CREDENTIALS_INVALID. */
  code: string | null;
  /** Kaspi's own words, when it gives any. */
  text: string | null;
  /** How long Kaspi wants no login of this account. */
  breakTimeMs: number | null;
};

export type LoginOutcome =
  | { kind: "connected"; session: SavedSession; method: LoginMethod }
  | { kind: "code_required"; channel: "mail" | "sms"; sentTo: string | null; pending: PendingLogin }
  | {
      kind: "choose_merchant";
      merchants: { uid: string; name: string | null }[];
      pending: PendingLogin;
    }
  | LoginRefusal;

export type Credentials = { email: string; password: string };

export type LoginOptions = { acquireSlot: AcquireSlot; signal?: AbortSignal };

export interface LoginFlow {
  readonly method: LoginMethod;
  /**
   * What Kaspi says of the login is a value; kaspi_timeout, kaspi_unreachable and other trouble on
   * the way is thrown. One login at a time per account is the caller's duty (protocol I).
   */
  logIn(credentials: Credentials, options: LoginOptions): Promise<LoginOutcome>;
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
