import { z } from "zod";
import { emailSchema } from "@/lib/auth/model";

/** The name and password of a Kaspi cabinet. */
export const credentialsSchema = z.object({
  email: emailSchema,
  password: z
    .string()
    .min(1, { error: "kaspi_password_empty" })
    .max(200, { error: "password_long" }),
});

export type KaspiCredentials = z.infer<typeof credentialsSchema>;

/** A phone however it is typed, as `7XXXXXXXXXX`. */
export const phoneSchema = z
  .string()
  .max(40, { error: "phone_invalid" })
  .transform((typed) => typed.replace(/\D/g, ""))
  .transform((digits) => (digits.length === 10 ? `7${digits}` : digits.replace(/^8/, "7")))
  .pipe(z.string().regex(/^77\d{9}$/, { error: "phone_invalid" }));

/** How a person logs in, and whether the password may be kept so that we can do it again by ourselves. */
export const loginRequestSchema = z.discriminatedUnion("by", [
  credentialsSchema.extend({
    by: z.literal("email"),
    keepPassword: z.boolean(),
    /** By this way only; both in turn when it is not given. */
    method: z.enum(["direct", "browser"]).optional(),
  }),
  z.object({ by: z.literal("phone"), phone: phoneSchema }),
]);

export type LoginRequest = z.infer<typeof loginRequestSchema>;

/** Codes are pasted with all that stands around them. */
export const codeSchema = z
  .string()
  .max(100, { error: "login_code_invalid" })
  .transform((typed) => typed.replace(/\D/g, ""))
  .pipe(z.string().regex(/^\d{4,8}$/, { error: "login_code_invalid" }));

/** What a person says to a login that waits. */
export const loginReplySchema = z.object({
  pendingId: z.uuid(),
  reply: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("code"), code: codeSchema }),
    z.object({ kind: z.literal("merchant"), uid: z.string().min(1).max(100) }),
    z.object({ kind: z.literal("send_again") }),
  ]),
});

export type LoginReplied = z.infer<typeof loginReplySchema>;

/** Whose login it is, and who asks for it: an owner may for somebody else. */
export type Asker = { userId: string; by: string };

/** A login that waits for its person. Waits are lengths: the clock of a browser may be wrong. */
export type WaitingLogin = {
  pendingId: string;
  /** As it may be shown. */
  login: string;
  expiresInMs: number;
} & (
  | {
      kind: "needs_code";
      channel: "mail" | "sms";
      sentTo: string | null;
      resendInMs: number;
      attemptsLeft: number;
    }
  | { kind: "choose_merchant"; merchants: { uid: string; name: string | null }[] }
);

/** A login its person may enter again; `waitMs`: how long Kaspi still wants no login of it. */
export type OwnLogin = { accountId: string; login: string; waitMs: number };

/** The name Kaspi knows the login by. */
export function loginOf(request: LoginRequest): string {
  return request.by === "email" ? request.email : request.phone;
}

/** Why a session is dead and a person is needed; the text is `stores.session.why`. */
export type ReauthReason =
  | "no_password"
  | "sms_only"
  | "password_wrong"
  | "code_required"
  | "choice_required"
  | "login_refused"
  | "session_closed";

/**
 * No login by ourselves before `until`: Kaspi wants to be left alone, refuses our address, closes each
 * session as soon as it is opened, or the way to it breaks off. `times` in a row.
 */
export type LoginBreak = {
  by: "flood" | "address" | "closed" | "trouble";
  until: Date;
  times: number;
};

/** A cabinet of the training Kaspi, offered on the connect form while the twin is on. */
export const trainingCredentials: KaspiCredentials = {
  email: "demo@duken.kz",
  password: "demo-kaspi",
};
