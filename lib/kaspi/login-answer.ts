import { z } from "zod";
import { isAppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import { isPage, malformed, statusFailure } from "@/lib/kaspi/answer";
import type { CodeChannel, LoginRefusal, MerchantChoice } from "@/lib/kaspi/log-in";
import { readMerchantChoice } from "@/lib/kaspi/merchant-choice";
import type { KaspiResponse } from "@/lib/kaspi/transport";
import { wireNumber } from "@/lib/kaspi/wire-values";

/** What Kaspi's login page is told after a step (protocol A1). */
export type LoginStep =
  | { kind: "done" }
  | { kind: "code"; channel: CodeChannel; sentTo: string | null }
  | { kind: "choose"; merchants: MerchantChoice[] }
  | LoginRefusal;

const reasons: ReadonlyMap<string, LoginRefusal["why"]> = new Map([
  ["CREDENTIALS_INVALID", "credentials"],
  ["INVALID_CREDENTIALS", "credentials"],
  ["INSUFFICIENT_PERMISSIONS", "permissions"],
  ["NO_MERCHANTS", "no_merchants"],
  ["SECURITY_CODE_INVALID", "code"],
  ["MFA_CODE_INVALID", "code"],
  ["INACTIVE_CODE_ERROR", "code_old"],
  ["TIMEOUT_EXCEEDED", "lost"],
  ["FAILED", "code"],
  ["SECURITY_CODE_SMS_FLOOD", "flood"],
  ["MFA_SEND_FLOOD", "flood"],
  ["MFA_CODE_ATTEMPT_LIMIT", "code_old"],
  ["MFA_CODE_TOO_MANY_SEND", "flood"],
]);

const text = z.string().trim().min(1).nullable().catch(null);

const wire = z.object({
  redirectUrl: text,
  email: text,
  phone: text,
  su: z.unknown().optional(),
  errorCode: text,
  code: text,
  error: text,
  type: text,
  message: z.string().trim().min(1).max(300).nullable().catch(null),
  errorData: z.object({ breakTimeSeconds: wireNumber }).nullable().catch(null),
});

type Wire = z.output<typeof wire>;

/**
 * Throws kaspi_unreachable for 5xx, kaspi_rejected for a refusal without a word about the login, and
 * kaspi_malformed for what the protocol does not know.
 */
export function readLoginAnswer(response: KaspiResponse): LoginStep {
  const { status } = response;
  if (status >= 500) throw statusFailure(response);
  const answer = readObject(response.body);
  if (!answer) return readNonData(response);
  const code = errorCodeOf(answer);
  if (status >= 400) return readRefusal(answer, code, response);
  if (status !== 200) throw malformed(response.url);
  if (answer.su) return { kind: "choose", merchants: readMerchantChoice(answer.su) };
  if (answer.redirectUrl) return { kind: "done" };
  if (answer.phone) return { kind: "code", channel: "sms", sentTo: answer.phone };
  if (code && !answer.email) return readRefusal(answer, code, response);
  return { kind: "code", channel: "mail", sentTo: answer.email };
}

/** After another code was asked for by mail. Nobody has recorded its answer: anything but a refusal is one. */
export function readSendAnswer(response: KaspiResponse): LoginStep {
  const isSent = response.status >= 200 && response.status < 300 && !isPage(response);
  return isSent && readObject(response.body) === null
    ? { kind: "code", channel: "mail", sentTo: null }
    : readLoginAnswer(response);
}

export function refused(
  why: LoginRefusal["why"],
  about: Partial<Omit<LoginRefusal, "kind" | "why">> = {},
): LoginRefusal {
  return { kind: "refused", why, code: null, text: null, breakTimeMs: null, ...about };
}

/** An address refused on the way to or from the login page is an outcome like one refused there. */
export function addressRefusal(error: unknown): LoginRefusal | null {
  if (!isAppError(error, "kaspi_address_refused")) return null;
  return refused("address", { breakTimeMs: error.retryAfterMs ?? null });
}

function readObject(body: string): Wire | null {
  try {
    return wire.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** A page or plain text instead of data: the address is blocked before anyone looks at the login. */
function readNonData(response: KaspiResponse): LoginRefusal {
  const { status, body, retryAfterMs } = response;
  if ([403, 405, 429].includes(status)) return refused("address", { breakTimeMs: retryAfterMs });
  if (status === 200 && body.trimStart().startsWith("<")) return refused("address");
  throw status >= 400 ? statusFailure(response) : malformed(response.url);
}

function readRefusal(answer: Wire, code: string | null, response: KaspiResponse): LoginRefusal {
  const seconds = answer.errorData?.breakTimeSeconds ?? 0;
  const breakTimeMs = seconds > 0 ? seconds * SECOND : response.retryAfterMs;
  const about = { code, text: answer.message, breakTimeMs };
  const known = code ? reasons.get(code) : undefined;
  if (known) return refused(known, about);
  if (response.status === 403 || response.status === 405) return refused("address", about);
  if (seconds > 0 || response.status === 429) return refused("flood", about);
  if (code || about.text) return refused("other", about);
  // Kaspi says nothing of the login: trouble on the way, which is no reason to call its person.
  throw statusFailure(response);
}

/** Sources disagree on the key; Spring's own errors say "error": "Unauthorized", which is no code. */
function errorCodeOf(answer: Wire): string | null {
  const codes = [answer.errorCode, answer.code, answer.error, answer.type].filter(
    (value) => value !== null && /^[A-Z][A-Z0-9_]+$/.test(value),
  );
  return codes.find((value) => value !== null && reasons.has(value)) ?? codes[0] ?? null;
}
