import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { limitSlowRequests } from "@/lib/auth/request-timeouts";

/** Long where a test is not about it: a machine that stands still for a moment makes nobody late. */
const LONG = 100_000;
let server: Server;
let stop = () => {};
let tell: ((text: string) => void) | undefined;

async function serve(patience: { headersMs?: number; bodyMs?: number }): Promise<void> {
  stop = limitSlowRequests({ headersMs: LONG, bodyMs: LONG, uploadMs: LONG, ...patience });
  // As Next's, but looking every few milliseconds whose time is up instead of every 30 s.
  server = createServer({ connectionsCheckingInterval: 20 }, (request, response) => {
    if (request.url === "/events") {
      tell = (text) => void response.write(text);
      return tell("data: first\n\n");
    }
    request.resume().once("end", () => response.end("whole"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await fetch(`${address()}/`);
}

afterEach(() => {
  stop();
  server.closeAllConnections();
  server.close();
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function say(text: string) {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  socket.write(text);
  return socket;
}
const head = (path: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc`;

test("headers that never end are ended", async () => {
  await serve({ headersMs: 500 });
  await once(say("GET / HTTP/1.1\r\nHost: x\r\nX-Slow:"), "close");
});

test("a body that never ends is ended, and a stream of events goes on meanwhile", async () => {
  await serve({ bodyMs: 1_000 });
  const events = await fetch(`${address()}/events`);
  const reader = events.body?.getReader();
  await reader?.read();
  await once(say(head("/products")), "close");
  await once(say(head("/products")), "close");
  tell?.("data: second\n\n");
  const { value } = (await reader?.read()) ?? {};
  expect(new TextDecoder().decode(value)).toContain("second");
  await reader?.cancel();
});

test("a file has more time than a form", async () => {
  await serve({ bodyMs: 1_000 });
  const file = say(head("/products/costs/file"));
  await once(say(head("/products")), "close");
  expect(file.destroyed).toBe(false);
  file.write("x".repeat(97));
  const [answer] = await once(file, "data");
  expect(String(answer)).toContain("whole");
  file.destroy();
});

test("a body that comes in time is answered", async () => {
  await serve({});
  const answer = await fetch(`${address()}/products`, { method: "POST", body: "quick" });
  expect(await answer.text()).toBe("whole");
});
