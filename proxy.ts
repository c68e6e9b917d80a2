import { type NextRequest, NextResponse } from "next/server";
import { AppError } from "@/lib/core/errors";
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

/** While Postgres is away every page says so, in words and as 503. Who may see what is decided further in. */
export async function proxy(request: NextRequest): Promise<Response> {
  // A connection of its own: a pool whose connections are all at work is not an absent Postgres.
  isThere ??= databaseWatch(database().separate(), systemClock);
  if (await isThere()) return NextResponse.next();
  const chosen = request.cookies.get(localeCookie)?.value;
  const locale = isLocale(chosen) ? chosen : defaultLocale;
  const headers = { "Retry-After": `${AGAIN / SECOND}`, "Cache-Control": "no-store" };
  if (!request.headers.get("accept")?.includes("text/html")) {
    const failure = new AppError("unavailable", "unavailable", { retryAfterMs: AGAIN });
    const text = errorText(translator(locale), failure);
    return failureResponse(failure.kind, text, { status: failure.status, headers });
  }
  const html = { ...headers, "Content-Type": "text/html; charset=utf-8" };
  return new Response(unavailablePage(locale), { status: 503, headers: html });
}

// Not for files, for what reports health itself, nor for an Inngest server: nothing may stand in its way.
export const config = { matcher: "/((?!_next/|health|api/inngest|icon.svg).*)" };
