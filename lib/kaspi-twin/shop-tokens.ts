import { createHash } from "node:crypto";
import { type Merchant, merchants } from "@/lib/kaspi-twin/merchants";

/** The token of a shop's official API, as long as Kaspi's. */
export function tokenOf(seed: string, uid: string): string {
  return createHash("sha256").update(`${seed}:token:${uid}`).digest("base64");
}

export function merchantOfToken(seed: string, token: string): Merchant | null {
  return merchants.find(({ uid }) => tokenOf(seed, uid) === token) ?? null;
}
