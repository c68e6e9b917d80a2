import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll } from "vitest";

export type TestProxy = {
  /** `host:port`, as a person types it. */
  address: string;
  /** How many connections it has made for those who knew its login. */
  used: () => number;
};

/** A real tunnelling HTTP proxy that wants a login. Stops with the test file. */
export async function testProxy(login: string, password: string): Promise<TestProxy> {
  const wanted = `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;
  let used = 0;
  const server = createServer();
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    client.on("error", () => client.destroy());
    if (request.headers["proxy-authorization"] !== wanted)
      return client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    used += 1;
    const [host = "", port = ""] = (request.url ?? "").split(":");
    const target = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    target.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, used: () => used };
}
