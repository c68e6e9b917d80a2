import type { CookiesOptions } from "next-auth";
import { env } from "@/lib/env";

const isHttps = () => env().NEXTAUTH_URL.startsWith("https:");

/** `__Host-`: only this host, over TLS, can have set it; a neighbour of the domain cannot plant one. */
const named = (name: string) => `${isHttps() ? "__Host-" : ""}next-auth.${name}`;

export const sessionCookie = (): string => named("session-token");

/** What login keeps in the browser: out of reach of scripts, and of other sites' forms. */
export function authCookies(): Partial<CookiesOptions> {
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() };
  return {
    sessionToken: { name: sessionCookie(), options },
    csrfToken: { name: named("csrf-token"), options },
    callbackUrl: { name: named("callback-url"), options },
  };
}
