import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { isAppError } from "@/lib/core/errors";
import { DAY, systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { addressOf } from "./address";
import { authCookies } from "./cookies";
import { isDemoLogin } from "./demo";
import { emailSchema } from "./model";
import { signIn } from "./sign-in";
import { vault } from "./vault";

const credentialsSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(200),
  code: z.string().trim().min(1).max(100).optional(),
});

/** What next-auth puts into its answer for anybody to read, so nothing but a code of ours. */
function codeOf(error: unknown): string {
  if (isAppError(error, "rate_limited"))
    return `too_many_logins:${Math.ceil((error.retryAfterMs ?? 0) / 1000)}`;
  if (isAppError(error, "unauthorized")) return error.key;
  log.error({ err: error }, "login failed");
  return "login_failed";
}

/** Sessions are signed cookies that name a user and a version; whether they still count is asked of the database each time. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: (30 * DAY) / 1000 },
    cookies: authCookies(),
    // Its own pages have styles and words of their own: nobody is to meet them.
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, code: {} },
        async authorize(credentials, request) {
          const given = credentialsSchema.safeParse(credentials);
          if (!given.success) return null;
          if (env().KASPI === "live" && isDemoLogin(given.data)) return null;
          try {
            const { code, ...rest } = given.data;
            const address = addressOf(request.headers?.["x-forwarded-for"]);
            const login = { ...rest, ...(code && { code }), address };
            return await signIn({ db: db(), vault: vault() }, login, systemClock());
          } catch (error) {
            throw new Error(codeOf(error));
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, version: user.sessionVersion } : token),
    },
  };
}
