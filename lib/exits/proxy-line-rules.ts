import { isAddress, MOST_PORT, type ProxyParts } from "./model";
import { proxySchemes } from "./scheme-model";

/** A line of a pasted list: a proxy, or why it is none. */
export type ReadLine =
  | { kind: "proxy"; proxy: ProxyParts }
  | { kind: "unreadable"; why: "scheme" | "port" | "shape" };

const schemeNames: ReadonlyMap<string, ProxyParts["scheme"]> = new Map([
  ...proxySchemes.map((scheme) => [scheme, scheme] as const),
  ["socks", "socks5"],
  ["socks5h", "socks5"],
]);

/**
 * Reads the usual ways to write a proxy: `host:port`, `host:port:login:password`,
 * `login:password:host:port`, `login:password@host:port`, `host:port@login:password`, each with or
 * without a scheme. Signs of a login or a password count as they stand, unless the line is a URL
 * that packs them.
 */
export function readProxyLine(line: string, usual: ProxyParts["scheme"]): ReadLine {
  const [, named, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*?)\/?$/i.exec(line.trim()) ?? [];
  const scheme = named ? schemeNames.get(named.toLowerCase()) : usual;
  if (!scheme) return { kind: "unreadable", why: "scheme" };
  const found = rest.includes("@") ? besideAt(rest) : byColons(rest);
  if (!found) return { kind: "unreadable", why: isWrongPort(rest) ? "port" : "shape" };
  const { address, login, password } = found;
  const unpack = named && rest.includes("@") ? unpacked : (text: string) => text;
  return {
    kind: "proxy",
    proxy: { scheme, address, login: unpack(login), password: unpack(password) },
  };
}

function isWrongPort(text: string): boolean {
  const [, port] = /:(\d{1,6})(?=:|@|$)/.exec(text) ?? [];
  return port !== undefined && (Number(port) < 1 || Number(port) > MOST_PORT);
}

type Found = Omit<ProxyParts, "scheme">;

/** The address stands behind the last @, or before the first one. */
function besideAt(text: string): Found | null {
  const last = text.lastIndexOf("@");
  const behind = text.slice(last + 1);
  if (isAddress(behind)) return withLogin(behind, text.slice(0, last));
  const first = text.indexOf("@");
  const before = text.slice(0, first);
  return isAddress(before) ? withLogin(before, text.slice(first + 1)) : null;
}

function byColons(text: string): Found | null {
  if (isAddress(text)) return { address: text, login: "", password: "" };
  const [, host = "", port = "", login = ""] = /^(\[[^\]]+\]|[^:]+):(\d+):(.+)$/.exec(text) ?? [];
  if (isAddress(`${host}:${port}`)) return withLogin(`${host}:${port}`, login);
  const [, before = "", lastHost = "", lastPort = ""] =
    /^(.+):(\[[^\]]+\]|[^:]+):(\d+)$/.exec(text) ?? [];
  return isAddress(`${lastHost}:${lastPort}`) ? withLogin(`${lastHost}:${lastPort}`, before) : null;
}

function withLogin(address: string, who: string): Found {
  const [login = "", ...password] = who.split(":");
  return { address, login, password: password.join(":") };
}

function unpacked(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
