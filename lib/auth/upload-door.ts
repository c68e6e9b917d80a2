import type { NextRequest } from "next/server";
import { getToken } from "next-auth/jwt";
import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/env";
import { isUpload } from "./body-limit";
import { sessionCookie } from "./cookies";

/**
 * Throws `unauthorized` for a file of somebody who is not signed in, before any of it is kept. Whether the session
 * still counts is asked further in.
 */
export async function requireSessionForUpload(request: NextRequest): Promise<void> {
  if (request.method !== "POST" || !isUpload(request.url)) return;
  const secret = env().NEXTAUTH_SECRET;
  const token = await getToken({ req: request, secret, cookieName: sessionCookie() });
  if (!token?.sub) throw new AppError("unauthorized");
}
