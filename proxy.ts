import { type NextRequest, NextResponse } from "next/server";
import { requireSmallBody } from "@/lib/auth/body-limit";
import { ownHost, requireOwnOrigin } from "@/lib/auth/own-origin";
import { newNonce, securityHeaders } from "@/lib/auth/security-headers";
import { requireSessionForUpload } from "@/lib/auth/upload-door";
import { AppError, isAppError } from "@/lib/core/errors";
import { SECOND, systemClock } from "@/lib/core/time";
import { database } from "@/lib/db/client";
import { databaseWatch } from "@/lib/db/reachable";
import { errorText } from "@/lib/i18n/error-text";
import { failureResponse } from "@/lib/i18n/failure-response";
import { defaultLocale, isLocale, localeCookie } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { unavailablePage } from "@/lib/i18n/unavailable-page";

const AGAIN = 5 * SECOND;
let isThere: (() => Promise<boolean>) | undefined;

/**
 * What holds for everything that comes in: no writes from foreign pages, no bodies larger than they may be,
 * no host but ours, a policy for scripts. Who may see what is decided further in.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const nonce = newNonce();
  const headers = securityHeaders(nonce);
  const answer =
    (await refusal(request)) ?? (await absence(request, nonce)) ?? pass(request, headers, nonce);
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

/** Next reads the nonce from the policy; whoever asks for the host further in is told ours. */
function pass(request: NextRequest, policy: Record<string, string>, nonce: string): Response {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(policy)) headers.set(name, value);
  headers.set("x-nonce", nonce);
  headers.set("x-forwarded-host", ownHost(request));
  return NextResponse.next({ request: { headers } });
}

async function refusal(request: NextRequest): Promise<Response | null> {
  try {
    requireOwnOrigin(request);
    requireSmallBody(request);
    await requireSessionForUpload(request);
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return inWords(request, error);
  }
}

/** While Postgres is away every page says so, in words and as 503. */
async function absence(request: NextRequest, nonce: string): Promise<Response | null> {
  // A connection of its own: a pool whose connections are all at work is not an absent Postgres.
  isThere ??= databaseWatch(database().separate(), systemClock);
  if (await isThere()) return null;
  const headers = { "Retry-After": `${AGAIN / SECOND}`, "Cache-Control": "no-store" };
  if (!request.headers.get("accept")?.includes("text/html")) {
    return inWords(
      request,
      new AppError("unavailable", "unavailable", { retryAfterMs: AGAIN }),
      headers,
    );
  }
  const html = { ...headers, "Content-Type": "text/html; charset=utf-8" };
  return new Response(unavailablePage(localeOf(request), nonce), { status: 503, headers: html });
}

function inWords(request: NextRequest, failure: AppError, headers = {}): Response {
  const text = errorText(translator(localeOf(request)), failure);
  return failureResponse(failure.kind, text, { status: failure.status, headers });
}

function localeOf(request: NextRequest) {
  const chosen = request.cookies.get(localeCookie)?.value;
  return isLocale(chosen) ? chosen : defaultLocale;
}

// Not for files, for what reports health itself, nor for an Inngest server: nothing may stand in its way.
export const config = { matcher: "/((?!_next/|health(?:/|$)|api/inngest(?:/|$)|icon\\.svg$).*)" };
