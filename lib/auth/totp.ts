import { Secret, TOTP } from "otpauth";
import { SECOND } from "@/lib/core/time";

const PERIOD_S = 30;

const device = (secret: string, label = "") =>
  new TOTP({
    issuer: "Duken",
    label,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_S,
  });

/** 160 bits in base32, as authenticator apps take it. */
export const newSecret = () => new Secret({ size: 20 }).base32;

/** What the QR code says to an authenticator app. */
export const enrolmentUri = (secret: string, email: string) => device(secret, email).toString();

/** The half-minute a code belongs to, this one or a neighbour; null when the code is of no such time. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = device(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / (PERIOD_S * SECOND)) + delta;
}
