import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { isAppError } from "@/lib/core/errors";
import { DAY, systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { signIn } from "./users";

/** The first address of the chain is the client as the outermost proxy (or Next itself) saw it. */
function addressOf(headers: Record<string, string> | undefined): string {
  return headers?.["x-forwarded-for"]?.split(",")[0]?.trim() || "unknown";
}

/** Sessions are signed cookies that name a user and a version; whether they still count is asked of the database each time. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: (30 * DAY) / 1000 },
    pages: { signIn: "/login" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          if (!credentials?.email || !credentials.password) return null;
          try {
            const address = addressOf(request.headers as Record<string, string> | undefined);
            return await signIn(
              db(),
              { email: credentials.email, password: credentials.password, address },
              systemClock(),
            );
          } catch (error) {
            if (!isAppError(error, "rate_limited")) throw error;
            throw new Error(`too_many_logins:${Math.ceil((error.retryAfterMs ?? 0) / 1000)}`);
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, version: user.sessionVersion } : token),
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { id: token.sub, version: token.version },
      }),
    },
  };
}
