import type { Socket } from "node:net";
import type { ProxyDesk } from "@/lib/kaspi-twin/proxies";

const VERSION = 5;
const NO_LOGIN = 0;
const WITH_PASSWORD = 2;
const NOTHING_SUITS = 0xff;
const HOST_UNREACHABLE = 4;

/** The server's half of SOCKS5 (RFC 1928, RFC 1929), then the tunnel. */
export async function shakeHands(desk: ProxyDesk, client: Socket): Promise<void> {
  const read = reader(client);
  const [, count = 0] = await read(2);
  const methods = [...(await read(count))];
  const method = desk.isOpen() ? NO_LOGIN : WITH_PASSWORD;
  if (!methods.includes(method)) {
    client.end(Buffer.from([VERSION, NOTHING_SUITS]));
    return;
  }
  client.write(Buffer.from([VERSION, method]));
  if (method === WITH_PASSWORD && !(await logsIn(desk, client, read))) return;
  const [, , , kind = 0] = await read(4);
  const host = await readHost(kind, read);
  const port = (await read(2)).readUInt16BE();
  const target = await desk.letThrough(host, port).catch(() => null);
  const status = target ? 0 : HOST_UNREACHABLE;
  const reply = Buffer.from([VERSION, status, 0, 1, 0, 0, 0, 0, 0, 0]);
  if (!target) {
    client.end(reply);
    return;
  }
  read.done();
  client.write(reply);
  target.pipe(client).pipe(target);
}

type Read = ((size: number) => Promise<Buffer>) & { done(): void };

async function logsIn(desk: ProxyDesk, client: Socket, read: Read): Promise<boolean> {
  const [, loginSize = 0] = await read(2);
  const login = (await read(loginSize)).toString();
  const [passwordSize = 0] = await read(1);
  const password = (await read(passwordSize)).toString();
  const isKnown = desk.knows(`${login}:${password}`);
  const reply = Buffer.from([1, isKnown ? 0 : 1]);
  if (isKnown) client.write(reply);
  else client.end(reply);
  return isKnown;
}

async function readHost(kind: number, read: Read): Promise<string> {
  if (kind === 1) return [...(await read(4))].join(".");
  const [size = 0] = await read(1);
  return (await read(size)).toString();
}

/** Reads so many bytes, however they come. */
function reader(socket: Socket): Read {
  let kept = Buffer.alloc(0);
  let wake = () => {};
  const onData = (part: Buffer) => {
    kept = Buffer.concat([kept, part]);
    wake();
  };
  socket.on("data", onData);
  socket.on("close", () => wake());
  const read = async (size: number) => {
    while (kept.length < size) {
      if (socket.destroyed) throw new Error("closed");
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const taken = kept.subarray(0, size);
    kept = kept.subarray(size);
    return taken;
  };
  return Object.assign(read, { done: () => socket.off("data", onData) });
}
