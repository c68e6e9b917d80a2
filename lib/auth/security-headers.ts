import { randomBytes } from "node:crypto";
import { DAY } from "@/lib/core/time";
import { env } from "@/lib/env";

/** Known to one answer only: the scripts that carry it are ours. */
export const newNonce = () => randomBytes(16).toString("base64");

/** Scripts run only by the nonce, or when one of those loads them; style attributes stay, Radix places by them. */
export function contentSecurityPolicy(nonce: string): string {
  const { NODE_ENV, KASPI, KASPI_IMAGES_URL } = env();
  const isDev = NODE_ENV === "development";
  // The training Kaspi takes another port at each start, and pictures keep the one they were read at.
  const training = KASPI === "twin" ? " http://127.0.0.1:*" : "";
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    "script-src-attr 'none'",
    `style-src-elem 'self' ${isDev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob: https://*.cdn-kaspi.kz ${new URL(KASPI_IMAGES_URL).origin}${training}`,
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const TWO_YEARS = (2 * 365 * DAY) / 1000;

/** What depends on the request or the settings; what is always the same is in next.config.ts. */
export function securityHeaders(nonce: string): Record<string, string> {
  const isHttps = env().NEXTAUTH_URL.startsWith("https:");
  return {
    "Content-Security-Policy": contentSecurityPolicy(nonce),
    ...(isHttps && { "Strict-Transport-Security": `max-age=${TWO_YEARS}` }),
  };
}
