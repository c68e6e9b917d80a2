import type { Page, Response } from "playwright";
import { AppError } from "@/lib/core/errors";
import type { KaspiHosts } from "@/lib/kaspi/hosts";
import { realHosts } from "@/lib/kaspi/hosts";
import type { Credentials } from "@/lib/kaspi/log-in";
import { type LoginStep, readLoginAnswer, refused } from "@/lib/kaspi/login-answer";

const EMAIL = '#user_email_field, input[name="_u"]';
const PASSWORD = '#password_field, input[name="_p"]';
const CONTINUE = ".button.is-primary";
const CODE = 'input[name="security-code"], input[name="_m_c"], input[name="_c"]';
const FAILED = ".notification.is-danger";
const WRONG_PASSWORD = "Неверные почта или пароль";

export const INSIDE = "nav.navbar";

/**
 * Fills the login page as a person does (protocol A5) and says what came of it: whatever tells
 * first, the page's own call or what the page shows. Waits as long as the page's default timeout.
 */
export async function passLoginPage(
  page: Page,
  hosts: KaspiHosts,
  credentials: Credentials,
): Promise<LoginStep> {
  const refusal = await openLoginPage(page, hosts);
  if (refusal) return refusal;
  const answer = answerToPassword(page);
  await page.locator(EMAIL).first().fill(credentials.email);
  await page.locator(CONTINUE).first().click();
  const early = await signs(page, PASSWORD);
  if (early) return early;
  // The page draws the e-mail field anew with the password's, empty.
  await page.locator(EMAIL).first().fill(credentials.email);
  await page.locator(PASSWORD).first().fill(credentials.password);
  await page.locator(CONTINUE).first().click();
  const shown = signs(page, INSIDE).then((step) => step ?? { kind: "done" as const });
  shown.catch(() => null);
  return Promise.race([answer.then((step) => step ?? shown), shown]);
}

async function openLoginPage(page: Page, hosts: KaspiHosts): Promise<LoginStep | null> {
  const response = await open(page, `${hosts.id}/login`);
  const status = response?.status() ?? 200;
  if ([403, 405, 429].includes(status)) return refused("address");
  if (status >= 500) throw new AppError("kaspi_unreachable");
  return null;
}

/** Opens a page; a network failure is kaspi_unreachable, a page that never comes kaspi_timeout. */
export async function open(page: Page, url: string): Promise<Response | null> {
  try {
    return await page.goto(url, { waitUntil: "domcontentloaded" });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") throw error;
    throw new AppError("kaspi_unreachable");
  }
}

/** What Kaspi answered to the password itself; null when the page was gone before it was read. */
async function answerToPassword(page: Page): Promise<LoginStep | null> {
  try {
    const response = await page.waitForResponse(carriesPassword);
    const body = await response.text();
    return readLoginAnswer({
      url: new URL("/api/p/login", realHosts.id),
      status: response.status(),
      contentType: response.headers()["content-type"] ?? "",
      location: null,
      setCookies: [],
      retryAfterMs: null,
      body,
    });
  } catch {
    return null;
  }
}

function carriesPassword(response: Response): boolean {
  const request = response.request();
  return (
    request.method() === "POST" &&
    new URL(request.url()).pathname === "/api/p/login" &&
    /"_p"\s*:/.test(request.postData() ?? "")
  );
}

/** Waits for `expected` or for a sign that it will not come; null when it is `expected`. */
async function signs(page: Page, expected: string): Promise<LoginStep | null> {
  const wrong = page.getByText(WRONG_PASSWORD);
  const failed = page.locator(FAILED);
  const code = page.locator(CODE);
  await page.locator(expected).or(wrong).or(failed).or(code).first().waitFor();
  if (await wrong.first().isVisible()) {
    return refused("credentials", { text: WRONG_PASSWORD });
  }
  if (await failed.first().isVisible()) {
    const text = (await failed.first().textContent())?.trim().slice(0, 300);
    return refused("other", { text: text || null });
  }
  if (await code.first().isVisible()) return { kind: "code", channel: "mail", sentTo: null };
  return null;
}
