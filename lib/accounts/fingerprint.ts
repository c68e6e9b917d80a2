import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Credentials } from "@/lib/kaspi/log-in";

/** Tells the same credentials again without keeping them. Secret all the same: it is sealed with its login. */
export function fingerprintOf(credentials: Credentials): string {
  const salt = randomBytes(16).toString("base64url");
  return `${salt}.${digest(salt, credentials)}`;
}

export function isFingerprintOf(fingerprint: string, credentials: Credentials): boolean {
  const [salt = "", kept = ""] = fingerprint.split(".");
  const typed = digest(salt, credentials);
  return kept.length === typed.length && timingSafeEqual(Buffer.from(kept), Buffer.from(typed));
}

const digest = (salt: string, credentials: Credentials): string =>
  createHmac("sha256", salt).update(JSON.stringify(credentials)).digest("base64url");
