import { isAppError } from "@/lib/core/errors";
import { malformed } from "@/lib/kaspi/answer";
import { identityHeaders } from "@/lib/kaspi/headers";
import { realHosts } from "@/lib/kaspi/hosts";
import type { Credentials, LoginFlow, LoginOutcome, PendingLogin } from "@/lib/kaspi/log-in";
import { addressRefusal, readLoginAnswer } from "@/lib/kaspi/login-answer";
import { chainStart, type Visitor, type Walk, walkOauthChain } from "@/lib/kaspi/oauth-chain";
import { cookieHeader, holdsSession, keepCookies, newJar, saveJar } from "@/lib/kaspi/session";
import type { KaspiResponse, KaspiTransport } from "@/lib/kaspi/transport";

const loginUrl = new URL("/api/p/login", realHosts.id);
const MAX_BYTES = 1024 * 1024;

/** Login with e-mail and password by the login page's own calls, without a browser (protocol A1, A2). */
export function directLogin(transport: KaspiTransport): LoginFlow {
  return {
    method: "direct",
    async logIn(credentials, { acquireSlot, signal }) {
      const visitor: Visitor = { transport, jar: newJar(), acquireSlot, signal };
      try {
        return await logIn(visitor, credentials);
      } catch (error) {
        const refusal = addressRefusal(error);
        if (!refusal) throw error;
        return refusal;
      }
    },
  };
}

async function logIn(visitor: Visitor, credentials: Credentials): Promise<LoginOutcome> {
  const before = await prepare(visitor);
  const step = readLoginAnswer(await postPassword(visitor, credentials));
  if (step.kind === "refused") return step;
  if (step.kind === "done") return enterCabinet(visitor, before);
  const pending = pend(visitor, credentials.email, before);
  if (step.kind === "choose")
    return { kind: "choose_merchant", merchants: step.merchants, pending };
  return { kind: "code_required", channel: step.channel, sentTo: step.sentTo, pending };
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

async function postPassword(visitor: Visitor, credentials: Credentials): Promise<KaspiResponse> {
  const { transport, jar, acquireSlot, signal } = visitor;
  await acquireSlot(signal);
  const response = await transport.send({
    url: loginUrl,
    method: "POST",
    headers: {
      ...identityHeaders,
      "Content-Type": "application/json",
      ...cookieHeader(jar, loginUrl),
    },
    body: JSON.stringify({ _u: credentials.email, _p: credentials.password, _r_d: true }),
    maxBytes: MAX_BYTES,
    signal,
  });
  keepCookies(jar, response, transport.hosts);
  return response;
}

/** Step 1 again works for most; otherwise the authorize request of before is continued (A2, b). */
async function enterCabinet(visitor: Visitor, before: Walk): Promise<LoginOutcome> {
  await walkOauthChain(visitor, chainStart);
  if (!holdsSession(visitor.jar) && before.authorizeUrl) {
    await walkOauthChain(visitor, new URL(`${before.authorizeUrl.href}&continue`));
  }
  if (!holdsSession(visitor.jar)) throw malformed(chainStart);
  return { kind: "connected", session: saveJar(visitor.jar), method: "direct" };
}

function pend(visitor: Visitor, email: string, before: Walk): PendingLogin {
  const authorizeUrl = before.authorizeUrl?.href ?? null;
  const state = JSON.stringify({ ...saveJar(visitor.jar), email, authorizeUrl });
  return { method: "direct", state };
}
