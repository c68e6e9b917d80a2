import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { createTransport, type KaspiTransport } from "@/lib/kaspi/transport";
import { failure, tell } from "./failures";
import { type Answer, hostsAt, startStub, transportTo } from "./stub-server";

function get(transport: KaspiTransport, about: { maxBytes?: number; signal?: AbortSignal } = {}) {
  return transport.send({
    url: new URL("https://mc.shop.kaspi.kz/s/m"),
    method: "GET",
    headers: { "X-Auth-Version": "3" },
    maxBytes: about.maxBytes ?? 1_000,
    signal: about.signal,
  });
}

async function answering(answer: Answer, timeoutMs?: number) {
  const stub = await startStub(() => answer);
  return { transport: transportTo(stub.url, timeoutMs), seen: stub.seen };
}

test("the answer comes whole, whatever its status", async () => {
  const { transport, seen } = await answering({
    status: 429,
    headers: { "set-cookie": ["a=1", "b=2"], "retry-after": "7", location: "/login" },
    body: "привет",
  });
  expect(await get(transport)).toMatchObject({
    status: 429,
    contentType: "application/json",
    setCookies: ["a=1", "b=2"],
    retryAfterMs: 7_000,
    location: "/login",
    body: "привет",
  });
  expect(seen[0]?.rawHeaders).toContain("X-Auth-Version");
});

test.each([
  ["gzip", gzipSync("{}")],
  ["br", brotliCompressSync("{}")],
])("an answer packed with %s is unpacked", async (encoding, body) => {
  const { transport } = await answering({ headers: { "content-encoding": encoding }, body });
  expect((await get(transport)).body).toBe("{}");
});

test.each<[string, Answer]>([
  ["too large", { body: "x".repeat(1_001) }],
  [
    "small until it is unpacked",
    { headers: { "content-encoding": "gzip" }, body: gzipSync("x".repeat(100_000)) },
  ],
  ["packed and broken", { headers: { "content-encoding": "gzip" }, body: "not gzip" }],
  ["packed in a way nobody asked for", { headers: { "content-encoding": "zstd" }, body: "xx" }],
])("an answer that is %s is malformed", async (_what, answer) => {
  const { transport } = await answering(answer);
  expect(await failure(get(transport))).toMatchObject({ kind: "kaspi_malformed" });
});

test("connections are kept alive and used again", async () => {
  const ports = new Set<number | undefined>();
  const stub = await startStub((_request, response) => {
    ports.add(response.socket?.remotePort);
    return { body: "{}" };
  });
  const transport = transportTo(stub.url);
  for (let turn = 0; turn < 20; turn += 1) await get(transport);
  // The pool may open a second one while the first is still being put back.
  expect(ports.size).toBeLessThanOrEqual(2);
});

test("silence ends as a timeout", async () => {
  const stub = await startStub(() => null);
  expect(await failure(get(transportTo(stub.url, 150)))).toMatchObject({ kind: "kaspi_timeout" });
});

test("an answer that trickles for ever ends as a timeout too", async () => {
  let timer: NodeJS.Timeout | undefined;
  const stub = await startStub((_request, response) => {
    response.writeHead(200);
    timer = setInterval(() => response.write("x"), 20);
    return null;
  });
  expect(await failure(get(transportTo(stub.url, 200)))).toMatchObject({ kind: "kaspi_timeout" });
  clearInterval(timer);
});

test("an answer that breaks off is unreachable, not an empty answer", async () => {
  const stub = await startStub((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"merchants":[');
    response.socket?.destroySoon();
    return null;
  });
  expect(await failure(get(transportTo(stub.url)))).toMatchObject({ kind: "kaspi_unreachable" });
});

test("nobody listening is unreachable", async () => {
  expect(await failure(get(transportTo("http://127.0.0.1:1")))).toMatchObject({
    kind: "kaspi_unreachable",
    params: { code: "ECONNREFUSED" },
  });
});

test("the caller's own stop comes back as the caller's reason", async () => {
  const stub = await startStub(() => null);
  const transport = transportTo(stub.url);
  const controller = new AbortController();
  const asked = failure(get(transport, { signal: controller.signal }));
  controller.abort(new Error("the store was removed"));
  expect(await asked).toMatchObject({ message: "the store was removed" });
  expect(await failure(get(transport, { signal: controller.signal }))).toMatchObject({
    message: "the store was removed",
  });
});

test("redirects are not followed", async () => {
  const { transport, seen } = await answering({ status: 302, headers: { location: "/other" } });
  expect((await get(transport)).status).toBe(302);
  expect(seen).toHaveLength(1);
});

const proxies: (() => void)[] = [];
afterEach(() => {
  for (const close of proxies.splice(0)) close();
});

async function startProxy(status: "200 OK" | "407 Proxy Authentication Required") {
  const authorizations: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, client) => {
    authorizations.push(request.headers["proxy-authorization"]);
    client.write(`HTTP/1.1 ${status}\r\n\r\n`);
    if (!status.startsWith("200")) return client.end();
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host);
    upstream.pipe(client).pipe(upstream);
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
    proxies.push(() => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  proxies.push(() => proxy.close());
  const { port } = proxy.address() as AddressInfo;
  return { proxyUrl: `http://reader:s3cret@127.0.0.1:${port}`, authorizations };
}

test("a proxy is used with its login", async () => {
  const stub = await startStub(() => ({ body: "{}" }));
  const { proxyUrl, authorizations } = await startProxy("200 OK");
  const transport = createTransport({ hosts: hostsAt(stub.url), proxyUrl });
  expect((await get(transport)).body).toBe("{}");
  expect(authorizations).toEqual([`Basic ${Buffer.from("reader:s3cret").toString("base64")}`]);
  await transport.close();
});

test("a proxy that refuses us is unreachable, and its password stays out of the failure", async () => {
  const { proxyUrl } = await startProxy("407 Proxy Authentication Required");
  const transport = createTransport({ hosts: hostsAt("http://127.0.0.1:1"), proxyUrl });
  const error = await failure(get(transport));
  expect(error).toMatchObject({ kind: "kaspi_unreachable" });
  expect(tell(error)).not.toContain("s3cret");
  await transport.close();
});

test("a proxy address that is none is refused without repeating it", () => {
  const create = () =>
    createTransport({ hosts: hostsAt("http://127.0.0.1:1"), proxyUrl: "reader:s3cret@host" });
  expect(create).toThrow(AppError);
  try {
    create();
  } catch (error) {
    expect(tell(error)).not.toContain("s3cret");
  }
});
