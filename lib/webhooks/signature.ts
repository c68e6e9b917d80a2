import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";

export const newSecret = (): string => `${PREFIX}${randomBytes(32).toString("base64url")}`;

/** `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" in hex>`: of this body, at this time, by who has the secret. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1_000);
  const v1 = createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
  return `t=${t},v1=${v1}`;
}
