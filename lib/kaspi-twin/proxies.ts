import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { shakeHands } from "@/lib/kaspi-twin/socks-server";

/** What a proxy of the twin's may do instead of its work. */
export type ProxyMood =
  | { kind: "works" }
  /** Lets everything through so many milliseconds late (real time). */
  | { kind: "slow"; ms: number }
  /** Takes connections and says nothing. */
  | { kind: "silent" }
  /** Breaks every connection off. */
  | { kind: "dead" }
  /** Wants another login, whatever it is given. */
  | { kind: "login" }
  /** Knows the login and lets nothing through. */
  | { kind: "refuses" };

export type TwinProxyOptions = {
  kind: "http" | "socks5";
  login?: string;
  password?: string;
  /** The address its calls come from, so that each has an allowance of its own: 127.x.y.z. */
  from?: string;
};

export type TwinProxy = {
  /** `scheme://login:password@host:port`. */
  url: string;
  /** `host:port`. */
  address: string;
  /** Connections made for those who knew the login. */
  used(): number;
  become(mood: ProxyMood): void;
  stop(): Promise<void>;
};

/** A real local proxy, HTTP (CONNECT) or SOCKS5, with a login if it is given one. */
export async function startTwinProxy(options: TwinProxyOptions): Promise<TwinProxy> {
  const { kind, login = "", password = "", from } = options;
  const open = new Set<Socket>();
  let mood: ProxyMood = { kind: "works" };
  let used = 0;

  /** Null when the mood is against it. */
  async function letThrough(host: string, port: number): Promise<Socket | null> {
    if (mood.kind === "slow") await pause(mood.ms, undefined, { ref: false });
    if (mood.kind === "refuses") return null;
    used += 1;
    const target = connect({ host, port, ...(from && { localAddress: from }) });
    keep(target);
    await once(target, "connect");
    return target;
  }

  function keep(socket: Socket): void {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => open.delete(socket));
  }

  /** What a connection meets before anything is said on it; true when nothing more will be. */
  function spoils(socket: Socket): boolean {
    if (mood.kind === "dead") socket.destroy();
    return mood.kind === "dead" || mood.kind === "silent";
  }

  const knows = (given: string) => mood.kind !== "login" && given === `${login}:${password}`;
  const isOpen = () => login === "" && mood.kind !== "login";
  const desk = { knows, isOpen, letThrough, spoils };
  const server = kind === "http" ? httpProxy(desk, keep) : socksProxy(desk, keep);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const who = login ? `${encodeURIComponent(login)}:${encodeURIComponent(password)}@` : "";
  return {
    address,
    url: `${kind}://${who}${address}`,
    used: () => used,
    become(next) {
      mood = next;
      // Tunnels that stand already would not notice.
      for (const socket of open) socket.destroy();
    },
    async stop() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

export type ProxyDesk = {
  knows(given: string): boolean;
  isOpen(): boolean;
  letThrough(host: string, port: number): Promise<Socket | null>;
  spoils(socket: Socket): boolean;
};

function httpProxy(desk: ProxyDesk, keep: (socket: Socket) => void): Server {
  const server = createServer();
  server.on("connection", keep);
  server.on("connect", async (request: IncomingMessage, client: Socket) => {
    if (desk.spoils(client)) return;
    const [, basic = ""] = /^Basic (.+)$/.exec(request.headers["proxy-authorization"] ?? "") ?? [];
    if (!desk.isOpen() && !desk.knows(Buffer.from(basic, "base64").toString()))
      return client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = await desk.letThrough(hostname, Number(port) || 80).catch(() => null);
    if (!target) return client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    target.pipe(client).pipe(target);
  });
  return server;
}

function socksProxy(desk: ProxyDesk, keep: (socket: Socket) => void): Server {
  return createTcpServer((client) => {
    keep(client);
    if (desk.spoils(client)) return;
    shakeHands(desk, client).catch(() => client.destroy());
  });
}
