import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type {
  CodeChannel,
  Credentials,
  LoginMethod,
  LoginReply,
  PendingLogin,
} from "@/lib/kaspi/log-in";

/** A call of the login page: every step has the same address but the one that mails another code. */
export type LoginCall = { path: "/api/p/login" | "/api/p/mfa/send"; body: object };

/** Who logs in and what is waited for; with it the next call can be made. */
const asked = z.object({
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** `chain`: Kaspi has let us in, and only the way into the cabinet is left. */
  waitsFor: z.enum(["mail", "sms", "choice", "chain"]),
});
export type Asked = z.infer<typeof asked>;

/** `+7 (700) 000-00-00`, as Kaspi's field writes it, from `77000000000` (protocol A1). */
export function maskedPhone(phone: string): string {
  const [, area, first, second, third] = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone) ?? [];
  if (!area) throw new AppError("invalid", "phone_invalid");
  return `+7 (${area}) ${first}-${second}-${third}`;
}

/** The first step (protocol A1): a phone is texted a code at once. */
export function firstCall(credentials: Credentials): LoginCall {
  if ("phone" in credentials)
    return { path: "/api/p/login", body: { _ph: maskedPhone(credentials.phone) } };
  const { email, password } = credentials;
  return { path: "/api/p/login", body: { _u: email, _p: password, _r_d: true } };
}

/** The next step (protocol A1). Throws `conflict` for a reply that nobody waits for. */
export function nextCall({ email, phone, waitsFor }: Asked, reply: LoginReply): LoginCall {
  if (reply.kind === "merchant") {
    if (waitsFor !== "choice") throw new AppError("conflict");
    return { path: "/api/p/login", body: { _s_m: reply.uid } };
  }
  if (waitsFor === "choice" || waitsFor === "chain") throw new AppError("conflict");
  if (reply.kind === "send_again")
    return phone ? firstCall({ phone }) : { path: "/api/p/mfa/send", body: {} };
  if (waitsFor === "sms") return { path: "/api/p/login", body: { _c: reply.code } };
  return { path: "/api/p/login", body: { _m_c: reply.code, _r_d: true, _u: email } };
}

export function askedOf(credentials: Credentials): Pick<Asked, "email" | "phone"> {
  return "phone" in credentials
    ? { email: null, phone: credentials.phone }
    : { email: credentials.email, phone: null };
}

/** How a code comes, whatever the answer left out: by phone it is always a text message. */
export function channelOf(
  { phone }: Pick<Asked, "phone">,
  { channel }: { channel: CodeChannel },
): CodeChannel {
  return phone === null ? channel : "sms";
}

/** A login to be gone on with later: who, what for, and what the flow keeps of its own. */
export function pend(method: LoginMethod, who: Asked, kept: object): PendingLogin {
  return { method, state: JSON.stringify({ ...who, ...kept }) };
}

/** What `pend` has put away. Throws `gone` when it is not ours to read. */
export function resume<S extends z.ZodRawShape>(
  pending: PendingLogin,
  kept: S,
): z.infer<z.ZodObject<S>> & Asked {
  try {
    const state: unknown = JSON.parse(pending.state);
    return { ...z.object(kept).parse(state), ...asked.parse(state) };
  } catch {
    throw new AppError("gone", "login_lost");
  }
}
