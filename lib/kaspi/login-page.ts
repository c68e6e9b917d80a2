import type { Page, Response } from "playwright";
import { AppError } from "@/lib/core/errors";
import type { KaspiHosts } from "@/lib/kaspi/hosts";
import type { Credentials, LoginReply } from "@/lib/kaspi/log-in";
import { type LoginStep, refused } from "@/lib/kaspi/login-answer";
import { type Asked, maskedPhone, nextCall } from "@/lib/kaspi/login-calls";
import { answerTo, callFromPage } from "@/lib/kaspi/page-calls";

const EMAIL = '#user_email_field, input[name="_u"]';
const PASSWORD = '#password_field, input[name="_p"]';
const PHONE_TAB = "#phone_tab";
const PHONE = '#user_phone_field, input[name="_ph"]';
const CONTINUE = ".button.is-primary";
const CODE = 'input[name="security-code"], input[name="_m_c"], input[name="_c"]';
const FAILED = ".notification.is-danger";
const WRONG_CODE = ".help.is-danger";
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
  return "phone" in credentials
    ? typePhone(page, credentials.phone)
    : typePassword(page, credentials);
}

/**
 * The next step of a login begun in another browser, whose cookies this one has. A page that shows
 * its code field is filled in; one that has forgotten where it stood is made to ask all the same.
 */
export async function replyOnLoginPage(
  page: Page,
  hosts: KaspiHosts,
  asked: Asked,
  reply: LoginReply,
): Promise<LoginStep> {
  const refusal = await openLoginPage(page, hosts);
  if (refusal) return refusal;
  await page.locator(`${CODE}, ${EMAIL}, ${INSIDE}`).first().waitFor();
  // The reply was taken the last time, and its answer got lost.
  if (await page.locator(INSIDE).first().isVisible()) return { kind: "done" };
  if (reply.kind === "code" && (await page.locator(CODE).first().isVisible()))
    return typeCode(page, asked, reply.code);
  const step = await callFromPage(page, nextCall(asked, reply));
  // Its own script follows `redirectUrl`, which is "/" (protocol A1). The reply is taken, come what may.
  if (step.kind === "done") await open(page, `${hosts.id}/`).catch(() => null);
  return step;
}

async function typePassword(
  page: Page,
  credentials: { email: string; password: string },
): Promise<LoginStep> {
  await page.locator(EMAIL).first().fill(credentials.email);
  await page.locator(CONTINUE).first().click();
  const early = await signs(page, PASSWORD);
  if (early) return early;
  // The page draws the e-mail field anew with the password's, empty.
  await page.locator(EMAIL).first().fill(credentials.email);
  await page.locator(PASSWORD).first().fill(credentials.password);
  return goOnWith(page, "_p");
}

async function typePhone(page: Page, phone: string): Promise<LoginStep> {
  await page.locator(PHONE_TAB).first().click();
  await page.locator(PHONE).first().fill(maskedPhone(phone));
  return goOnWith(page, "_ph");
}

async function typeCode(page: Page, { waitsFor }: Asked, code: string): Promise<LoginStep> {
  await page.locator(CODE).first().fill(code);
  const answer = answerTo(page, waitsFor === "sms" ? "_c" : "_m_c");
  await page.locator(CONTINUE).first().click();
  const wrong = page.locator(WRONG_CODE);
  const shown = page
    .locator(INSIDE)
    .or(wrong)
    .or(page.locator(FAILED))
    .first()
    .waitFor()
    .then(async (): Promise<LoginStep> => {
      if (await page.locator(INSIDE).first().isVisible()) return { kind: "done" };
      return refused("code", { text: await words(page, `${WRONG_CODE}, ${FAILED}`) });
    });
  shown.catch(() => null);
  return (await Promise.race([answer, shown])) ?? shown;
}

/** Presses the button; what tells first of the outcome counts. */
async function goOnWith(page: Page, key: string): Promise<LoginStep> {
  const answer = answerTo(page, key);
  await page.locator(CONTINUE).first().click();
  const shown = signs(page, INSIDE).then((step) => step ?? { kind: "done" as const });
  shown.catch(() => null);
  return (await Promise.race([answer, shown])) ?? shown;
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

/** Waits for `expected` or for a sign that it will not come; null when it is `expected`. */
async function signs(page: Page, expected: string): Promise<LoginStep | null> {
  const wrong = page.getByText(WRONG_PASSWORD);
  const failed = page.locator(FAILED);
  const code = page.locator(CODE);
  await page.locator(expected).or(wrong).or(failed).or(code).first().waitFor();
  if (await wrong.first().isVisible()) {
    return refused("credentials", { text: WRONG_PASSWORD });
  }
  if (await failed.first().isVisible())
    return refused("other", { text: await words(page, FAILED) });
  if (await code.first().isVisible()) return { kind: "code", channel: "mail", sentTo: null };
  return null;
}

async function words(page: Page, place: string): Promise<string | null> {
  const text = await page.locator(place).first().textContent();
  return text?.trim().slice(0, 300) || null;
}
