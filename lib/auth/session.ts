import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { NextRequest } from "next/server";
import { getToken } from "next-auth/jwt";
import { cache } from "react";
import { AppError } from "@/lib/core/errors";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { Origin } from "@/lib/log/origin";
import { addressOf } from "./address";
import { sessionCookie } from "./cookies";
import type { Caller } from "./model";
import { requestOrigin } from "./request-origin";
import { findCaller } from "./users";

/** The signed-in user, read fresh from the database once per request; a blocked one is out at once. */
export const currentCaller = cache(async (): Promise<Caller | null> => {
  const { NEXTAUTH_URL, NEXTAUTH_SECRET } = env();
  const req = new NextRequest(NEXTAUTH_URL, { headers: await headers() });
  // Not getServerSession: it seals a new cookie every time, which a page cannot set.
  const token = await getToken({
    req,
    secret: NEXTAUTH_SECRET,
    cookieName: sessionCookie(),
  });
  if (!token?.sub || token.version === undefined) return null;
  return findCaller(db(), token.sub, token.version);
});

/** For pages: the caller, or the login page. */
export async function pageCaller(): Promise<Caller> {
  return (await currentCaller()) ?? redirect("/login");
}

/** For actions and routes: the caller, or `unauthorized`. */
export async function requireCaller(): Promise<Caller> {
  const caller = await currentCaller();
  if (!caller) throw new AppError("unauthorized");
  return caller;
}

/** Where the request comes from, for what is limited by address. */
export async function callerAddress(): Promise<string> {
  return addressOf((await headers()).get("x-forwarded-for"));
}

/** Where an action of a page is asked for from. */
export async function pageOrigin(): Promise<Origin> {
  return requestOrigin(await headers());
}
