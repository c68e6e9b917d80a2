import { isIP } from "node:net";

/** The last address of the chain is the one our own proxy (or Next itself) saw; the others are claims. */
export function addressOf(forwardedFor: unknown): string {
  const last = String(forwardedFor ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return last && isIP(last) ? last : "unknown";
}
