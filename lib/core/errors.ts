/** Every failure we expect: the HTTP status it becomes and whether a job may try again. */
export const errorKinds = {
  bad_request: { status: 400, retry: false },
  unauthorized: { status: 401, retry: false },
  forbidden: { status: 403, retry: false },
  not_found: { status: 404, retry: false },
  method_not_allowed: { status: 405, retry: false },
  conflict: { status: 409, retry: false },
  gone: { status: 410, retry: false },
  too_large: { status: 413, retry: false },
  invalid: { status: 422, retry: false },
  confirmation_needed: { status: 422, retry: false },
  rate_limited: { status: 429, retry: true },
  sending_stopped: { status: 409, retry: false },
  needs_reauth: { status: 409, retry: false },
  /** The store allows Kaspi's official interface only: no cabinet, no shop window. */
  official_only: { status: 409, retry: false },
  unavailable: { status: 503, retry: true },
  /** Kaspi: the e-mail or password is wrong. */
  kaspi_credentials: { status: 401, retry: false },
  /** Kaspi: too many logins or codes; `retryAfterMs` says how long it wants us away. */
  kaspi_flood: { status: 429, retry: false },
  /** Kaspi: the session is dead (401, 403, redirect to login, or the login page with 200). */
  kaspi_session_expired: { status: 409, retry: false },
  /** Kaspi: 429. For price writes this means about 30 minutes without writes. */
  kaspi_throttled: { status: 503, retry: true },
  /** Kaspi refuses the address we call from (403, 405 or an HTML page instead of data). */
  kaspi_address_refused: { status: 503, retry: true },
  kaspi_not_found: { status: 404, retry: false },
  /** Kaspi answered something that is not what the protocol says. */
  kaspi_malformed: { status: 502, retry: true },
  /** Kaspi answered with an error of its own, or refused the request as wrong. */
  kaspi_rejected: { status: 502, retry: false },
  kaspi_unreachable: { status: 503, retry: true },
  kaspi_timeout: { status: 503, retry: true },
  /** Nobody here has this Telegram account. */
  telegram_not_linked: { status: 403, retry: false },
  /** The one-time token that links an account: none of ours, or taken back. */
  token_wrong: { status: 404, retry: false },
  token_late: { status: 410, retry: false },
  token_used: { status: 409, retry: false },
  /** The account, or the person, is linked already: it is asked whether to link anew. */
  account_linked_elsewhere: { status: 409, retry: false },
  /** The office has no bot. */
  telegram_off: { status: 409, retry: false },
  /** Telegram: too many messages; `retryAfterMs` says how long it wants us away. */
  telegram_throttled: { status: 503, retry: true },
  /** Telegram: the person has blocked the bot, or has never begun to talk with it. */
  telegram_blocked: { status: 409, retry: false },
  /** Telegram: it takes no such message. */
  telegram_refused: { status: 502, retry: false },
  /** Telegram: no bot has this token. */
  telegram_token: { status: 503, retry: false },
  /** Telegram: somebody else listens for the same bot. */
  telegram_twice: { status: 409, retry: true },
  /** Nothing has left for Telegram. */
  telegram_unreachable: { status: 503, retry: true },
  /** No answer that says whether it was taken. */
  telegram_silent: { status: 503, retry: true },
} as const;

export type ErrorKind = keyof typeof errorKinds;

type Options = {
  cause?: unknown;
  /** How long the other side wants us to wait, milliseconds. */
  retryAfterMs?: number;
  /** Values for the translated message `errors.<kind>` or `errors.<message key>`; nothing secret. */
  params?: Record<string, string | number>;
  /** Fields at fault, for forms and the API: path and translated-message key. */
  details?: { path: string; message: string }[];
};

/**
 * Next bundles pages and jobs apart, each with an AppError of its own, and they share what stands on
 * globalThis: the mark knows an error of the other bundle where `instanceof` does not.
 */
const mark = Symbol.for("duken.AppError");

/**
 * An expected failure. `key` names the text shown to people (`errors.<key>` in the messages);
 * `message` is for logs. Neither may hold a secret or a whole foreign answer.
 */
export class AppError extends Error {
  override name = "AppError";
  readonly [mark] = true;
  readonly retryAfterMs: number | undefined;
  readonly params: Record<string, string | number>;
  readonly details: { path: string; message: string }[];

  constructor(
    readonly kind: ErrorKind,
    readonly key: string = kind,
    options: Options = {},
  ) {
    super(key === kind ? kind : `${kind}: ${key}`, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
    this.params = options.params ?? {};
    this.details = options.details ?? [];
  }

  get status(): number {
    return errorKinds[this.kind].status;
  }

  get mayRetry(): boolean {
    return errorKinds[this.kind].retry;
  }
}

export function isAppError(error: unknown, ...kinds: ErrorKind[]): error is AppError {
  return isMarked(error) && (kinds.length === 0 || kinds.includes(error.kind));
}

function isMarked(error: unknown): error is AppError {
  return error instanceof Error && mark in error;
}
