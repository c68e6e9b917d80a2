import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE_BYTES = 18;

/** Goes into a link that ends the letters to a recipient; nobody can make one who does not know the secret. */
export function unsubscribeToken(recipientId: string, secret: string): string {
  return `${Buffer.from(recipientId.replaceAll("-", ""), "hex").toString("base64url")}.${signature(recipientId, secret)}`;
}

/** Whose letters the link ends; null for one that is not ours. */
export function recipientOfToken(token: string, secret: string): string | null {
  const [, packed, given] = /^([\w-]{22})\.([\w-]{24})$/.exec(token) ?? [];
  if (!packed || !given) return null;
  const hex = Buffer.from(packed, "base64url").toString("hex");
  const id = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
  const [own, theirs] = [signature(id, secret), given].map((text) => Buffer.from(text));
  return own && theirs && own.length === theirs.length && timingSafeEqual(own, theirs) ? id : null;
}

const signature = (id: string, secret: string) =>
  createHmac("sha256", secret)
    .update(`unsubscribe ${id}`)
    .digest()
    .subarray(0, SIGNATURE_BYTES)
    .toString("base64url");
