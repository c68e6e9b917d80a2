import type { Browser } from "playwright";
import { AppError, isAppError } from "@/lib/core/errors";
import { malformed } from "@/lib/kaspi/answer";
import {
  type BrowserOptions,
  type BrowserWindow,
  exportCookies,
  launchBrowser,
  openWindow,
} from "@/lib/kaspi/browser-window";
import { startDeadline } from "@/lib/kaspi/deadline";
import { socketUrl } from "@/lib/kaspi/hosts";
import type { Credentials, LoginFlow, LoginOptions, LoginOutcome } from "@/lib/kaspi/log-in";
import { addressRefusal } from "@/lib/kaspi/login-answer";
import { INSIDE, open, passLoginPage } from "@/lib/kaspi/login-page";
import { chainStart, walkOauthChain } from "@/lib/kaspi/oauth-chain";
import { holdsSession, saveJar } from "@/lib/kaspi/session";
import { createTransport } from "@/lib/kaspi/transport";

export type BrowserLoginOptions = BrowserOptions & { timeoutMs?: number };

/** How long the page may take to show the cabinet once Kaspi has let us in. */
const LET_IN = 5_000;

/**
 * Login in a real browser, for when Kaspi refuses the direct calls from this address (protocol A5).
 * The browser is closed whatever happens; `timeoutMs` (default 60 s) bounds the login once it is
 * up. Throws `unavailable` when the browser does not start or dies.
 */
export function browserLogin(options: BrowserLoginOptions): LoginFlow {
  return {
    method: "browser",
    async logIn(credentials, { acquireSlot, signal }) {
      const { timeoutMs = 60_000 } = options;
      await acquireSlot(signal);
      const browser = await launchBrowser(options);
      const deadline = startDeadline(timeoutMs, signal);
      deadline.signal.addEventListener("abort", () => void browser.close(), { once: true });
      try {
        deadline.signal.throwIfAborted();
        const flow = { ...options, timeoutMs, browser, acquireSlot, signal: deadline.signal };
        return await logIn(flow, credentials);
      } catch (error) {
        signal?.throwIfAborted();
        if (deadline.passed()) throw new AppError("kaspi_timeout");
        return addressRefusal(error) ?? fail(error);
      } finally {
        deadline.stop();
        await browser.close();
      }
    },
  };
}

type Flow = BrowserOptions & LoginOptions & { browser: Browser; timeoutMs: number };

async function logIn(flow: Flow, credentials: Credentials): Promise<LoginOutcome> {
  const window = await openWindow(flow.browser, flow.hosts);
  window.page.setDefaultTimeout(flow.timeoutMs);
  const step = await passLoginPage(window.page, flow.hosts, credentials);
  if (step.kind === "refused") return step;
  if (step.kind === "done") return enterCabinet(flow, window);
  const jar = await exportCookies(window.context, flow.hosts);
  const state = JSON.stringify({ ...saveJar(jar), email: credentials.email, authorizeUrl: null });
  const pending = { method: "browser" as const, state };
  if (step.kind === "choose")
    return { kind: "choose_merchant", merchants: step.merchants, pending };
  return { kind: "code_required", channel: step.channel, sentTo: step.sentTo, pending };
}

/** Mostly the page itself walks on into the cabinet; if not, it is led there, then we walk by hand. */
async function enterCabinet(flow: Flow, { page, context }: BrowserWindow): Promise<LoginOutcome> {
  await page
    .locator(INSIDE)
    .first()
    .waitFor({ timeout: LET_IN })
    .catch(() => null);
  let jar = await exportCookies(context, flow.hosts);
  if (!holdsSession(jar)) {
    await open(page, socketUrl(chainStart, flow.hosts).href).catch(() => null);
    jar = await exportCookies(context, flow.hosts);
  }
  if (!holdsSession(jar)) {
    const transport = createTransport(flow);
    await walkOauthChain({ ...flow, transport, jar }, chainStart).finally(transport.close);
  }
  if (!holdsSession(jar)) throw malformed(chainStart);
  return { kind: "connected", session: saveJar(jar), method: "browser" };
}

/** Playwright's messages repeat what was typed, password included: nothing of them is kept. */
function fail(error: unknown): never {
  if (isAppError(error)) throw error;
  const late = error instanceof Error && error.name === "TimeoutError";
  throw new AppError(late ? "kaspi_timeout" : "unavailable");
}
