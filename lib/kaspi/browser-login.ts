import type { Browser } from "playwright";
import { z } from "zod";
import { AppError, isAppError } from "@/lib/core/errors";
import { malformed } from "@/lib/kaspi/answer";
import { takeBrowserTurn } from "@/lib/kaspi/browser-turns";
import {
  type BrowserOptions,
  type BrowserWindow,
  exportCookies,
  launchBrowser,
  openWindow,
  storageFrom,
  storageOf,
} from "@/lib/kaspi/browser-window";
import { startDeadline } from "@/lib/kaspi/deadline";
import { socketUrl } from "@/lib/kaspi/hosts";
import type { LoginFlow, LoginOptions, LoginOutcome, PendingLogin } from "@/lib/kaspi/log-in";
import { addressRefusal, type LoginStep, refused } from "@/lib/kaspi/login-answer";
import { type Asked, askedOf, channelOf, pend, resume } from "@/lib/kaspi/login-calls";
import { INSIDE, open, passLoginPage, replyOnLoginPage } from "@/lib/kaspi/login-page";
import { chainStart, walkOauthChain } from "@/lib/kaspi/oauth-chain";
import { holdsSession, openJar, saveJar } from "@/lib/kaspi/session";
import { createTransport } from "@/lib/kaspi/transport";

export type BrowserLoginOptions = BrowserOptions & { timeoutMs?: number };

/** How long the page may take to show the cabinet once Kaspi has let us in. */
const LET_IN = 5_000;

/**
 * Login in a real browser, for when Kaspi refuses the direct calls from this address (protocol A5).
 * Between two steps no browser is open: what it held is kept in the pending login. It is closed
 * whatever happens; `timeoutMs` (default 60 s) bounds a step once it is up. Throws `unavailable`
 * (`browser_failed`) when the browser does not start or dies.
 */
export function browserLogin(options: BrowserLoginOptions): LoginFlow {
  return {
    method: "browser",
    logIn: (credentials, how) =>
      inBrowser(options, how, async (flow) => {
        const window = await openWindow(flow.browser, flow);
        window.page.setDefaultTimeout(flow.timeoutMs);
        const step = await passLoginPage(window.page, flow.hosts, credentials);
        if (step.kind !== "done") return wait(window, step, askedOf(credentials));
        return (await enterCabinet(flow, window)) ?? fail(malformed(chainStart));
      }),
    goOn: async (pending, reply, how) => {
      const { storage, ...asked } = resume(pending, { storage: z.string() });
      const isIn = asked.waitsFor === "chain";
      // A reply that was taken is not to be asked for again, whatever happens on the way.
      let taken = isIn ? pending : null;
      try {
        const outcome = await inBrowser(options, how, async (flow) => {
          const window = await openWindow(flow.browser, flow, storage);
          window.page.setDefaultTimeout(flow.timeoutMs);
          const step: LoginStep = isIn
            ? { kind: "done" }
            : await replyOnLoginPage(window.page, flow.hosts, asked, reply);
          if (step.kind === "refused") return { ...step, pending: await pendIn(window, asked) };
          if (step.kind !== "done") return wait(window, step, asked);
          taken = await pendIn(window, { ...asked, waitsFor: "chain" });
          const entered = await enterCabinet(flow, window);
          return entered ?? (isIn ? refused("lost") : fail(malformed(chainStart)));
        });
        return outcome.kind === "refused" ? { pending: taken ?? pending, ...outcome } : outcome;
      } catch (error) {
        if (taken === null) throw error;
        return { kind: "broken_off", error, pending: taken };
      }
    },
    adopt(pending) {
      const { cookies, email, phone, waitsFor } = resume(pending, { cookies: z.string() });
      const storage = storageFrom(openJar({ cookies }), options.hosts);
      return pend("browser", { email, phone, waitsFor }, { storage });
    },
  };
}

type Flow = BrowserOptions & LoginOptions & { browser: Browser; timeoutMs: number };

async function inBrowser(
  options: BrowserLoginOptions,
  { acquireSlot, signal }: LoginOptions,
  work: (flow: Flow) => Promise<LoginOutcome>,
): Promise<LoginOutcome> {
  const { timeoutMs = 60_000 } = options;
  await acquireSlot(signal);
  const giveTurnBack = await takeBrowserTurn(signal);
  try {
    const browser = await launchBrowser(options);
    const deadline = startDeadline(timeoutMs, signal);
    const close = () => void browser.close().catch(() => null);
    deadline.signal.addEventListener("abort", close, { once: true });
    try {
      deadline.signal.throwIfAborted();
      return await work({ ...options, timeoutMs, browser, acquireSlot, signal: deadline.signal });
    } catch (error) {
      signal?.throwIfAborted();
      if (deadline.passed()) throw new AppError("kaspi_timeout");
      return addressRefusal(error) ?? fail(error);
    } finally {
      deadline.stop();
      await browser.close();
    }
  } finally {
    giveTurnBack();
  }
}

async function wait(
  window: BrowserWindow,
  step: Exclude<LoginStep, { kind: "done" }>,
  { email, phone }: Pick<Asked, "email" | "phone">,
): Promise<LoginOutcome> {
  if (step.kind === "refused") return step;
  const waitsFor = step.kind === "choose" ? "choice" : channelOf({ phone }, step);
  const pending = await pendIn(window, { email, phone, waitsFor });
  if (step.kind === "choose")
    return { kind: "choose_merchant", merchants: step.merchants, pending };
  const channel = channelOf({ phone }, step);
  return { kind: "code_required", channel, sentTo: step.sentTo, pending };
}

async function pendIn({ context }: BrowserWindow, asked: Asked): Promise<PendingLogin> {
  return pend("browser", asked, { storage: await storageOf(context) });
}

/**
 * Mostly the page itself walks on into the cabinet; if not, it is led there, then we walk by hand. Null
 * when no way leads there.
 */
async function enterCabinet(
  flow: Flow,
  { page, context }: BrowserWindow,
): Promise<LoginOutcome | null> {
  const isLoginPage = page.url() !== "about:blank";
  if (isLoginPage)
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
  if (!holdsSession(jar)) return null;
  return { kind: "connected", session: saveJar(jar), method: "browser" };
}

/** Playwright's messages repeat what was typed, password included: nothing of them is kept. */
function fail(error: unknown): never {
  if (isAppError(error)) throw error;
  const late = error instanceof Error && error.name === "TimeoutError";
  throw late ? new AppError("kaspi_timeout") : new AppError("unavailable", "browser_failed");
}
