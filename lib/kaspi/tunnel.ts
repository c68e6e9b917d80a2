import { request as httpRequest } from "node:http";
import { connect as dial, isIPv6, type Socket } from "node:net";
import { connect as dialSecurely } from "node:tls";
import { SocksClient } from "socks";
import { buildConnector } from "undici";
import { AppError } from "@/lib/core/errors";
import { isForbidden, lookupUnless } from "@/lib/network/addresses";

/** A proxy that did not let us through. It holds no address and no login. */
export class ProxyFailure extends Error {
  override name = "ProxyFailure";

  /**
   * `login`: it wants another one; `silent`: it is not to be reached or breaks off. These are its own.
   * `refused`: it lets nothing through; `late`: it takes us in and nothing follows. So do proxies whose
   * target is not to be reached.
   */
  constructor(readonly code: "login" | "refused" | "silent" | "late") {
    super(`proxy: ${code}`);
  }
}

type Target = { host: string; port: number };

/**
 * Connects through a proxy: `http://`, `https://` (both by CONNECT) or `socks5://`, with a login if
 * the address holds one. undici's own proxies take no password with special signs for SOCKS5, and
 * none tells a dead proxy from a dead Kaspi. Throws `invalid` for an address that is none.
 */
export function tunnelConnector(proxyUrl: string, timeoutMs: number): buildConnector.connector {
  const proxy = parseProxy(proxyUrl);
  const secure = buildConnector({ timeout: timeoutMs });
  return (options, callback) => {
    const isSecure = options.protocol === "https:";
    const port = Number(options.port) || (isSecure ? 443 : 80);
    openTunnel(proxy, { host: options.hostname, port }, timeoutMs).then(
      (socket) =>
        isSecure ? secure({ ...options, httpSocket: socket }, callback) : callback(null, socket),
      (error: unknown) => callback(asProxyFailure(error), null),
    );
  };
}

function parseProxy(proxyUrl: string): URL {
  const known = ["http:", "https:", "socks5:"];
  const url = URL.canParse(proxyUrl) ? new URL(proxyUrl) : null;
  // Without the cause: it would carry the proxy's address with its password.
  if (!url || !known.includes(url.protocol)) throw new AppError("invalid", "proxy_url");
  return url;
}

async function openTunnel(proxy: URL, target: Target, timeoutMs: number): Promise<Socket> {
  const socket = await openSocket(proxy, timeoutMs);
  try {
    return await (proxy.protocol === "socks5:"
      ? throughSocks(proxy, socket, target, timeoutMs)
      : throughHttp(proxy, socket, target, timeoutMs));
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

const defaultPorts: Record<string, number> = { "http:": 80, "https:": 443, "socks5:": 1080 };

function openSocket(proxy: URL, timeoutMs: number): Promise<Socket> {
  const host = bare(proxy.hostname);
  const port = Number(proxy.port) || (defaultPorts[proxy.protocol] ?? 80);
  if (isForbidden(host)) throw new ProxyFailure("silent");
  const where = { host, port, lookup: lookupAllowed };
  return new Promise((resolve, reject) => {
    const isSecure = proxy.protocol === "https:";
    const socket = isSecure ? dialSecurely({ ...where, servername: host }) : dial(where);
    const late = setTimeout(() => socket.destroy(new ProxyFailure("silent")), timeoutMs);
    socket.once("error", reject);
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      clearTimeout(late);
      socket.off("error", reject);
      socket.setNoDelay(true);
      resolve(socket);
    });
    socket.once("close", () => clearTimeout(late));
  });
}

async function throughSocks(
  proxy: URL,
  socket: Socket,
  destination: Target,
  timeout: number,
): Promise<Socket> {
  const { username, password } = proxy;
  const login = username
    ? { userId: decodeURIComponent(username), password: decodeURIComponent(password) }
    : {};
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    socket.destroy();
  }, timeout);
  try {
    const made = await SocksClient.createConnection({
      // The address is not used: the connection is there already.
      proxy: { host: bare(proxy.hostname), port: Number(proxy.port) || 1080, type: 5, ...login },
      command: "connect",
      destination,
      existing_socket: socket,
      timeout: timeout + 1_000,
    });
    return made.socket;
  } catch (error) {
    throw new ProxyFailure(isLate ? "late" : socksCode(error));
  } finally {
    clearTimeout(late);
  }
}

/** The library tells its failures apart by their words alone. */
function socksCode(error: unknown): "login" | "refused" | "silent" {
  const words = error instanceof Error ? error.message : "";
  if (/authentication/i.test(words)) return "login";
  return /rejected connection/i.test(words) ? "refused" : "silent";
}

function throughHttp(proxy: URL, socket: Socket, target: Target, timeout: number): Promise<Socket> {
  const path = `${isIPv6(target.host) ? `[${target.host}]` : target.host}:${target.port}`;
  const { username, password } = proxy;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const auth = username ? { "Proxy-Authorization": `Basic ${btoa8(login)}` } : {};
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      method: "CONNECT",
      path,
      headers: { Host: path, ...auth },
      createConnection: () => socket,
      timeout,
    });
    request.once("timeout", () => request.destroy(new ProxyFailure("late")));
    request.once("error", reject);
    request.once("connect", ({ statusCode }, tunnel: Socket, head: Buffer) => {
      tunnel.setTimeout(0);
      if (statusCode !== 200) return reject(refusal(statusCode));
      if (head.length > 0) tunnel.unshift(head);
      resolve(tunnel);
    });
    request.once("response", ({ statusCode }) => reject(refusal(statusCode)));
    request.end();
  });
}

const btoa8 = (text: string) => Buffer.from(text).toString("base64");
const bare = (host: string) => host.replace(/^\[|\]$/g, "");
const refusal = (status: number | undefined) =>
  new ProxyFailure(status === 407 ? "login" : "refused");

function asProxyFailure(error: unknown): ProxyFailure {
  return error instanceof ProxyFailure ? error : new ProxyFailure("silent");
}

const lookupAllowed = lookupUnless(isForbidden, () => new ProxyFailure("silent"));
