import { type NextRequest, NextResponse } from "next/server";
import { systemClock } from "@/lib/core/time";
import { database } from "@/lib/db/client";
import { databaseWatch } from "@/lib/db/reachable";
import { defaultLocale, isLocale, localeCookie } from "@/lib/i18n/locales";
import { unavailablePage } from "@/lib/i18n/unavailable-page";

let isThere: (() => Promise<boolean>) | undefined;

/** While Postgres is away every page says so, in words and as 503. Who may see what is decided further in. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // A connection of its own: a pool whose connections are all at work is not an absent Postgres.
  isThere ??= databaseWatch(database().separate(), systemClock);
  if (await isThere()) return NextResponse.next();
  const headers = { "Retry-After": "5", "Cache-Control": "no-store" };
  const wantsPage = request.headers.get("accept")?.includes("text/html") ?? false;
  if (!wantsPage) return NextResponse.json({ error: "unavailable" }, { status: 503, headers });
  const chosen = request.cookies.get(localeCookie)?.value;
  const page = unavailablePage(isLocale(chosen) ? chosen : defaultLocale);
  const html = { ...headers, "Content-Type": "text/html; charset=utf-8" };
  return new NextResponse(page, { status: 503, headers: html });
}

// Not for files, for what reports health itself, nor for an Inngest server: nothing may stand in its way.
export const config = { matcher: "/((?!_next/|health|api/inngest|icon.svg).*)" };
