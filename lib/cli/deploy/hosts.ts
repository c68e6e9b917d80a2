import { isIPv4 } from "node:net";

export type Nearness = "here" | "near" | "far";

const privateNetworks = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** This machine, a network of one's own (a private address, a name of a container), or anywhere. */
export function nearness(hostname: string): Nearness {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (host === "localhost" || host === "::1" || host.startsWith("127.")) return "here";
  if (isIPv4(host)) return privateNetworks.test(host) ? "near" : "far";
  if (/^f[cd][0-9a-f]{2}:/.test(host)) return "near";
  return host.includes(".") || host.includes(":") ? "far" : "near";
}
