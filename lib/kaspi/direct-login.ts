import { z } from "zod";
import { isAppError } from "@/lib/core/errors";
import { malformed } from "@/lib/kaspi/answer";
import { identityHeaders } from "@/lib/kaspi/headers";
import { realHosts } from "@/lib/kaspi/hosts";
import type {
  BrokenOff,
  Credentials,
  LoginFlow,
  LoginOptions,
  LoginOutcome,
  LoginReply,
  PendingLogin,
} from "@/lib/kaspi/log-in";
import {
  addressRefusal,
  type LoginStep,
  readLoginAnswer,
  readSendAnswer,
  refused,
} from "@/lib/kaspi/login-answer";
import {
  type Asked,
  askedOf,
  channelOf,
  firstCall,
  type LoginCall,
  nextCall,
  pend,
  resume,
} from "@/lib/kaspi/login-calls";
import { chainStart, type Visitor, type Walk, walkOauthChain } from "@/lib/kaspi/oauth-chain";
import {
  cookieHeader,
  holdsSession,
  keepCookies,
  newJar,
  openJar,
  saveJar,
} from "@/lib/kaspi/session";
import type { KaspiTransport } from "@/lib/kaspi/transport";

const MAX_BYTES = 1024 * 1024;

/** Login by the login page's own calls, without a browser (protocol A1, A2). */
export function directLogin(transport: KaspiTransport): LoginFlow {
  const visitor = (jar: Visitor["jar"], options: LoginOptions): Visitor => ({
    transport,
    jar,
    ...options,
  });
  return {
    method: "direct",
    logIn: (credentials, options) =>
      orRefused(() => begin(visitor(newJar(), options), credentials)),
    goOn: (pending, reply, options) =>
      orRefused(async () => {
        const kept = resume(pending, { cookies: z.string(), authorizeUrl: z.url().nullable() });
        const { authorizeUrl } = kept;
        const before = { authorizeUrl: authorizeUrl === null ? null : new URL(authorizeUrl) };
        return goOn(visitor(openJar(kept), options), kept, reply, before);
      }, pending),
  };
}

async function orRefused<T extends LoginOutcome | BrokenOff>(
  work: () => Promise<T>,
  pending?: PendingLogin,
): Promise<T | LoginOutcome> {
  try {
    return await work();
  } catch (error) {
    const refusal = addressRefusal(error);
    if (!refusal) throw error;
    return { ...refusal, ...(pending && { pending }) };
  }
}

async function begin(visitor: Visitor, credentials: Credentials): Promise<LoginOutcome> {
  const before = await prepare(visitor);
  const step = await post(visitor, firstCall(credentials));
  if (step.kind === "refused") return step;
  if (step.kind !== "done") return wait(visitor, step, askedOf(credentials), before);
  const outcome = await enterCabinet(visitor, before);
  if (!outcome) throw malformed(chainStart);
  return outcome;
}

async function goOn(
  visitor: Visitor,
  asked: Asked,
  reply: LoginReply,
  before: Walk,
): Promise<LoginOutcome | BrokenOff> {
  if (asked.waitsFor === "chain") return enterAfterAll(visitor, asked, before);
  const step = await post(visitor, nextCall(asked, reply));
  // Each step turns the cookie of the steps, a refused one too: the login goes on with the new one.
  if (step.kind === "refused") return { ...step, pending: pendWith(visitor, asked, before) };
  if (step.kind !== "done") return wait(visitor, step, asked, before);
  return enterAfterAll(visitor, asked, before);
}

/** The reply has been taken and is not to be asked for again, whatever happens on the way. */
async function enterAfterAll(
  visitor: Visitor,
  asked: Asked,
  before: Walk,
): Promise<LoginOutcome | BrokenOff> {
  const brokenOff = (error: unknown): LoginOutcome | BrokenOff => {
    const pending = pendWith(visitor, { ...asked, waitsFor: "chain" }, before);
    const refusal = addressRefusal(error);
    return refusal ? { ...refusal, pending } : { kind: "broken_off", error, pending };
  };
  try {
    const outcome = await enterCabinet(visitor, before);
    if (outcome) return outcome;
    return asked.waitsFor === "chain" ? refused("lost") : brokenOff(malformed(chainStart));
  } catch (error) {
    return brokenOff(error);
  }
}

function wait(
  visitor: Visitor,
  step: Extract<LoginStep, { kind: "code" | "choose" }>,
  who: Pick<Asked, "email" | "phone">,
  before: Walk,
): LoginOutcome {
  const waitsFor = step.kind === "choose" ? "choice" : channelOf(who, step);
  const pending = pendWith(visitor, { ...who, waitsFor }, before);
  if (step.kind === "choose")
    return { kind: "choose_merchant", merchants: step.merchants, pending };
  return { kind: "code_required", channel: channelOf(who, step), sentTo: step.sentTo, pending };
}

function pendWith(visitor: Visitor, asked: Asked, before: Walk): PendingLogin {
  const { email, phone, waitsFor } = asked;
  const authorizeUrl = before.authorizeUrl?.href ?? null;
  return pend("direct", { email, phone, waitsFor }, { ...saveJar(visitor.jar), authorizeUrl });
}

/**
 * The chain before the login brings MS_AUTH_SSO, which ties the steps together. Some accounts of
 * the protocol do without it, so a chain that only breaks does not stop the login.
 */
async function prepare(visitor: Visitor): Promise<Walk> {
  try {
    return await walkOauthChain(visitor, chainStart);
  } catch (error) {
    if (isAppError(error, "kaspi_not_found", "kaspi_rejected")) return { authorizeUrl: null };
    throw error;
  }
}

async function post(visitor: Visitor, call: LoginCall): Promise<LoginStep> {
  const { transport, jar, acquireSlot, signal } = visitor;
  const url = new URL(call.path, realHosts.id);
  await acquireSlot(signal);
  const response = await transport.send({
    url,
    method: "POST",
    headers: { ...identityHeaders, "Content-Type": "application/json", ...cookieHeader(jar, url) },
    body: JSON.stringify(call.body),
    maxBytes: MAX_BYTES,
    signal,
  });
  keepCookies(jar, response, transport.hosts);
  return call.path === "/api/p/login" ? readLoginAnswer(response) : readSendAnswer(response);
}

/**
 * Step 1 again works for most; otherwise the authorize request of before is continued (A2, b). Null
 * when neither leads into the cabinet.
 */
async function enterCabinet(visitor: Visitor, before: Walk): Promise<LoginOutcome | null> {
  await walkOauthChain(visitor, chainStart);
  if (!holdsSession(visitor.jar) && before.authorizeUrl) {
    await walkOauthChain(visitor, new URL(`${before.authorizeUrl.href}&continue`));
  }
  if (!holdsSession(visitor.jar)) return null;
  return { kind: "connected", session: saveJar(visitor.jar), method: "direct" };
}
