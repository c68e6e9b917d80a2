import type { Page, Response } from "playwright";
import { isAppError } from "@/lib/core/errors";
import { realHosts } from "@/lib/kaspi/hosts";
import { type LoginStep, readLoginAnswer, readSendAnswer } from "@/lib/kaspi/login-answer";
import type { LoginCall } from "@/lib/kaspi/login-calls";
import type { KaspiResponse } from "@/lib/kaspi/transport";

/**
 * What Kaspi answers to the page's own call that carries `key`; null when the page was gone first.
 * Throws what that answer is a failure of.
 */
export async function answerTo(page: Page, key: string): Promise<LoginStep | null> {
  try {
    const response = await page.waitForResponse((one) => carries(one, key));
    const body = await response.text();
    const contentType = response.headers()["content-type"] ?? "";
    return readLoginAnswer(asOurs("/api/p/login", response.status(), contentType, body));
  } catch (error) {
    if (isAppError(error)) throw error;
    return null;
  }
}

/**
 * Makes the login page's call from inside it, as its own script does (protocol A1): for a step that
 * the page does not show. The cookie of the steps is the browser's.
 */
export async function callFromPage(page: Page, { path, body }: LoginCall): Promise<LoginStep> {
  const answer = await page.evaluate(
    async ([address, text]) => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(address, { method: "POST", headers, body: text });
      const type = response.headers.get("content-type") ?? "";
      return { status: response.status, type, body: await response.text() };
    },
    [path, JSON.stringify(body)] as const,
  );
  const response = asOurs(path, answer.status, answer.type, answer.body);
  return path === "/api/p/login" ? readLoginAnswer(response) : readSendAnswer(response);
}

function carries(response: Response, key: string): boolean {
  const request = response.request();
  return (
    request.method() === "POST" &&
    new URL(request.url()).pathname === "/api/p/login" &&
    (request.postData() ?? "").includes(`"${key}":`)
  );
}

function asOurs(path: string, status: number, contentType: string, body: string): KaspiResponse {
  const url = new URL(path, realHosts.id);
  return { url, status, contentType, body, location: null, setCookies: [], retryAfterMs: null };
}
