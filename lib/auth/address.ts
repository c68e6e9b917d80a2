import { isIP } from "node:net";

/** A household has 2⁶⁴ addresses of IPv6: they count as one. */
function network(address: string): string {
  const [head = "", tail] = address.split("::");
  const groups = (part = "") => part.split(":").filter(Boolean);
  const missing = 8 - groups(head).length - groups(tail).length;
  const whole = [...groups(head), ...Array.from({ length: missing }, () => "0"), ...groups(tail)];
  return `${whole.slice(0, 4).join(":").toLowerCase()}::/64`;
}

/** The last address of the chain is the one our own proxy (or Next itself) saw; the others are claims. */
export function addressOf(forwardedFor: unknown): string {
  const chain = String(forwardedFor ?? "").split(",");
  const last = (chain.at(-1) ?? "").trim().replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIP(last) === 0) return "unknown";
  return isIP(last) === 4 ? last : network(last);
}
