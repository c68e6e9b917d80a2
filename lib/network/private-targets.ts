import { BlockList, isIP, isIPv6 } from "node:net";
import { isForbidden, isInner } from "./addresses";

/** Inner addresses that may be called all the same. */
export type PrivateTargets = {
  all: boolean;
  /** `host:port`, as an address says them. */
  places: ReadonlySet<string>;
  nets: BlockList;
};

/**
 * `true`, or a list of `host:port`, addresses and networks (`10.1.0.0/16`), comma-separated; empty for none.
 * Null for anything else.
 */
export function parsePrivateTargets(text: string): PrivateTargets | null {
  const parts = text
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
  const nets = new BlockList();
  const places = new Set<string>();
  for (const part of parts.filter((word) => word !== "true" && word !== "false")) {
    if (!addNet(nets, part) && !/^[^/\s@]+:\d{1,5}$/.test(part)) return null;
    places.add(part);
  }
  return { all: parts.includes("true"), places, nets };
}

function addNet(nets: BlockList, text: string): boolean {
  const [address = "", bits = isIPv6(address) ? "128" : "32", ...rest] = text.split("/");
  const most = isIPv6(address) ? 128 : 32;
  if (isIP(address) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most)
    return false;
  nets.addSubnet(address, Number(bits), isIPv6(address) ? "ipv6" : "ipv4");
  return true;
}

/** Whether this address may be connected to for that place. What is forbidden stays so. */
export function mayConnect(
  { all, places, nets }: PrivateTargets,
  address: string,
  { host, port }: { host: string; port: number },
): boolean {
  if (isForbidden(address)) return false;
  if (!isInner(address) || all || places.has(`${host}:${port}`)) return true;
  return nets.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
