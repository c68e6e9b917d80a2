import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendFile } from "@/components/send-file";

const answers: Record<string, { status: number; body?: string; location?: string }> = {
  "/ours": { status: 200, body: '{"changes":2}' },
  "/refused": { status: 422, body: '{"error":"Файл не читается."}' },
  "/proxy": { status: 413, body: "<html>Request Entity Too Large</html>" },
  "/gateway": { status: 502, body: "<html>Bad Gateway</html>" },
  "/away": { status: 303, location: "/login" },
  "/login": { status: 200, body: "<html>Вход</html>" },
};
const server = createServer(({ url = "" }, response) => {
  const { status, body, location } = answers[url] ?? { status: 404 };
  response.writeHead(status, location ? { location } : {}).end(body);
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test.each([
  ["/ours", { report: { changes: 2 } }],
  ["/refused", { failure: "Файл не читается." }],
  ["/proxy", { lost: "sheet_too_large" }],
  ["/gateway", { lost: "unknown" }],
  ["/away", { lost: "unauthorized" }],
])("what %s answers is told as what it is", async (address, told) => {
  expect(await sendFile(origin + address, new FormData())).toEqual(told);
});

test("only a request that met nobody is told as no connection", async () => {
  expect(await sendFile("http://127.0.0.1:1/", new FormData())).toEqual({ lost: "no_connection" });
});
