import { z } from "zod";
import { MINUTE } from "@/lib/core/time";
import { type Account, accountOfEmail, accountOfPhone } from "@/lib/kaspi-twin/accounts";
import {
  type Answer,
  cookie,
  header,
  html,
  isJson,
  json,
  looksLikeABrowser,
  parsed,
  type TwinRequest,
} from "@/lib/kaspi-twin/http";
import { findMerchant } from "@/lib/kaspi-twin/merchants";
import type { Sso, SsoStep } from "@/lib/kaspi-twin/sessions";
import type { World } from "@/lib/kaspi-twin/world";

const SSO = "MS_AUTH_SSO";
const CODE_LIFE = 5 * MINUTE;
const MOST_MISSES = 5;

const phoneStep = z.object({ _ph: z.string().regex(/^\+7 \(\d{3}\) \d{3}-\d{2}-\d{2}$/) });
const smsCodeStep = z.object({ _c: z.string() });
const emailStep = z.object({ _u: z.string(), _p: z.string(), _r_d: z.boolean().optional() });
const mailCodeStep = z.object({ _m_c: z.string(), _u: z.string() });
const shopStep = z.object({ _s_m: z.string() });

type Attempt = { world: World; request: TwinRequest; now: number; before: Sso | null };

/** `POST /api/p/login`: one address for every step, told apart by the keys of the body. */
export function logIn(world: World, request: TwinRequest): Answer {
  if (!isFromLoginPage(world, request)) return html("<html><body>Forbidden</body></html>", 403);
  if (!isJson(request)) return { status: 415 };
  const attempt = attemptOf(world, request);
  const body = parsed(request.body);
  const phone = phoneStep.safeParse(body);
  if (phone.success) return sendSms(attempt, phone.data._ph);
  const email = emailStep.safeParse(body);
  if (email.success) return checkPassword(attempt, email.data._u, email.data._p);
  const mailCode = mailCodeStep.safeParse(body);
  if (mailCode.success) return checkCode(attempt, "mail_code", mailCode.data._m_c);
  const smsCode = smsCodeStep.safeParse(body);
  if (smsCode.success) return checkCode(attempt, "sms_code", smsCode.data._c);
  const shop = shopStep.safeParse(body);
  if (shop.success) return chooseShop(attempt, shop.data._s_m);
  return { status: 400 };
}

/** `POST /api/p/mfa/send`: another mail code. */
export function resendCode(world: World, request: TwinRequest): Answer {
  const attempt = attemptOf(world, request);
  if (attempt.before?.at !== "mail_code") return refused("TIMEOUT_EXCEEDED");
  const account = accountOfEmail(attempt.before.email);
  return account ? sendMailCode(attempt, account) : refused("TIMEOUT_EXCEEDED");
}

function attemptOf(world: World, request: TwinRequest): Attempt {
  return {
    world,
    request,
    now: world.clock.now(),
    before: world.sessions.sso(request.cookies.get(SSO)),
  };
}

function isFromLoginPage(world: World, request: TwinRequest): boolean {
  const origins = ["https://idmc.shop.kaspi.kz", world.urls.id];
  const referer = header(request, "referer");
  return (
    looksLikeABrowser(request) &&
    origins.includes(header(request, "origin")) &&
    origins.some((origin) => referer.startsWith(`${origin}/`))
  );
}

function checkPassword(attempt: Attempt, email: string, password: string): Answer {
  const { world, now } = attempt;
  const flood = world.faults.strikes("login_flood", { endpoint: "login" });
  if (flood) return refused("MFA_SEND_FLOOD", flood.ms ?? MINUTE);
  const account = accountOfEmail(email);
  const key = account?.email ?? email;
  const rule = { most: world.limits.loginsPerMinute, window: MINUTE, ban: MINUTE };
  if (world.loginLimit.refuses(key, now, rule)) {
    return refused("MFA_SEND_FLOOD", world.loginLimit.breakLeft(key, now));
  }
  if (!account || world.passwordOf(account) !== password) return refused("CREDENTIALS_INVALID");
  if (account.after === "no_permissions") return refused("INSUFFICIENT_PERMISSIONS");
  if (account.merchants.length === 0) return refused("NO_MERCHANTS");
  const asked = world.faults.strikes("mail_code", { endpoint: "login" }) !== null;
  if (asked || account.after === "mail_code") return sendMailCode(attempt, account);
  return enter(attempt, account);
}

function sendMailCode(attempt: Attempt, account: Account): Answer {
  const { world, now } = attempt;
  const { email } = account;
  const hindrance = world.codes.hindrance(email, now);
  if (hindrance) {
    const code = hindrance.flood === "pause" ? "MFA_SEND_FLOOD" : "MFA_CODE_TOO_MANY_SEND";
    return refused(code, hindrance.wait);
  }
  const code = world.codes.send("mail", email, now);
  const body = { email: `${email.slice(0, 2)}***${email.slice(email.indexOf("@"))}` };
  return advance(attempt, { at: "mail_code", email, code, sentAt: now, misses: 0 }, body);
}

function sendSms(attempt: Attempt, phone: string): Answer {
  const { world, now } = attempt;
  const flood = world.faults.strikes("sms_flood", { endpoint: "login" });
  if (flood) return refused("SECURITY_CODE_SMS_FLOOD", flood.ms ?? MINUTE);
  const account = accountOfPhone(phone);
  if (!account) return refused("NO_MERCHANTS");
  const hindrance = world.codes.hindrance(phone, now);
  if (hindrance) return refused("SECURITY_CODE_SMS_FLOOD", hindrance.wait);
  const code = world.codes.send("sms", phone, now);
  const { email } = account;
  return advance(attempt, { at: "sms_code", email, code, sentAt: now, misses: 0 }, { phone });
}

function checkCode(attempt: Attempt, wanted: "mail_code" | "sms_code", given: string): Answer {
  const { before, now, request, world } = attempt;
  if (before?.at !== "mail_code" && before?.at !== "sms_code") return refused("TIMEOUT_EXCEEDED");
  if (before.at !== wanted) return refused("FAILED");
  if (now - before.sentAt > CODE_LIFE) return refused("INACTIVE_CODE_ERROR");
  const wrong = wanted === "mail_code" ? "MFA_CODE_INVALID" : "SECURITY_CODE_INVALID";
  if (before.misses >= MOST_MISSES) return refused("MFA_CODE_ATTEMPT_LIMIT");
  if (before.code !== given) {
    const missed = { ...before, misses: before.misses + 1 };
    const id = world.sessions.rotateSso(request.cookies.get(SSO), missed);
    return refused(wrong, null, [ssoCookie(id)]);
  }
  const account = accountOfEmail(before.email);
  return account ? enter(attempt, account) : refused("NO_MERCHANTS");
}

function enter(attempt: Attempt, account: Account): Answer {
  const { email, merchants } = account;
  if (account.after !== "choice_of_shop") return inside(attempt, email, [...merchants]);
  if (attempt.world.faults.strikes("choice_skipped", { endpoint: "login" }))
    return inside(attempt, email, merchants.slice(0, 1));
  return advance(attempt, { at: "choice_of_shop", email }, { su: shopsToChoose(attempt, account) });
}

function shopsToChoose({ world }: Attempt, { merchants }: Account): unknown {
  const shops = merchants.map((uid) => ({ uid, name: findMerchant(uid)?.name ?? uid }));
  if (!world.faults.strikes("su_as_map", { endpoint: "login" })) return shops;
  return Object.fromEntries(shops.map(({ uid, name }) => [uid, name]));
}

function chooseShop(attempt: Attempt, uid: string): Answer {
  const { before } = attempt;
  if (before?.at !== "choice_of_shop") return refused("TIMEOUT_EXCEEDED");
  const account = accountOfEmail(before.email);
  if (!account?.merchants.includes(uid)) return refused("INSUFFICIENT_PERMISSIONS");
  return inside(attempt, before.email, [uid]);
}

function inside(attempt: Attempt, email: string, merchants: string[]): Answer {
  return advance(attempt, { at: "inside", email, merchants }, { redirectUrl: "/" });
}

function advance({ world, request, before }: Attempt, step: SsoStep, body: unknown): Answer {
  const sso = { ...step, returnTo: before?.returnTo };
  const id = world.sessions.rotateSso(request.cookies.get(SSO), sso);
  world.changed();
  const answer = json(body);
  return { ...answer, headers: { ...answer.headers, "set-cookie": [ssoCookie(id)] } };
}

export function ssoCookie(id: string): string {
  return cookie(SSO, id, "; SameSite=Lax");
}

function refused(errorCode: string, wait: number | null = null, setCookie: string[] = []): Answer {
  const breakTimeSeconds = Math.max(1, Math.ceil((wait ?? 0) / 1_000));
  const body = wait === null ? { errorCode } : { errorCode, errorData: { breakTimeSeconds } };
  const answer = json(body, 401);
  return setCookie.length > 0
    ? { ...answer, headers: { ...answer.headers, "set-cookie": setCookie } }
    : answer;
}
