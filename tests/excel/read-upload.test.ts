import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { getCloneableBody } from "next/dist/server/body-streams";
import { afterAll, describe, expect, test } from "vitest";
import { isAppError } from "@/lib/core/errors";
import { readUpload } from "@/lib/excel/read-upload";
import config from "@/next.config";

const boundary = "----duken";

/** As Next does it before a route: it reads the body for the proxy, and the route gets what it kept. */
async function bodyKept(incoming: IncomingMessage): Promise<void> {
  const most = Number.parseInt(String(config.experimental?.proxyClientMaxBodySize), 10) * 1024 ** 2;
  const body = getCloneableBody(incoming, most);
  body.cloneBodyStream();
  await body.finalize();
}

const server = createServer(async (incoming, response) => {
  await bodyKept(incoming);
  const headers = new Headers();
  for (const name of ["content-type", "content-length"]) {
    const value = incoming.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  // Not `Readable.toWeb`: what comes in after nobody reads any more is an uncaught error of its.
  const body = Readable.from(incoming)[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await body.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const init = { method: "POST", headers, body: stream, duplex: "half" } as RequestInit;
  const said = await readUpload(new Request("http://127.0.0.1/", init)).then(
    (form) => String((form.get("file") as File).size),
    (error: unknown) => (isAppError(error) ? error.key : String(error)),
  );
  response.end(said);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

function* form(size: number, isWhole = true) {
  yield Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="costs.xlsx"\r\n\r\n`,
  );
  for (let left = size; left > 0; left -= 1_000_000) yield Buffer.alloc(Math.min(left, 1_000_000));
  if (isWhole) yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** Without a content-length: Node sends what is streamed in chunks. */
async function upload(parts: Iterable<Buffer>, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo;
  const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
  const sent = httpRequest({ port, method: "POST", headers: { ...type, ...headers } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve);
    sent.on("error", reject);
  });
  await pipeline(Readable.from(parts), sent);
  let text = "";
  for await (const part of await answered) text += String(part);
  return text;
}

describe("a file that is sent piece by piece", () => {
  test("is read whole up to what a file may have", async () => {
    expect(await upload(form(20_000_000))).toBe("20000000");
  });

  test.each([20_200_000, 23_000_000, 40_000_000])(
    "of %i bytes is said to be too large",
    async (size) => {
      expect(await upload(form(size))).toBe("sheet_too_large");
    },
  );

  test("is said to be unreadable when it ends too early", async () => {
    expect(await upload(form(1_000, false))).toBe("sheet_unreadable");
  });
});

test("a file whose length says that it is too large is not read at all", async () => {
  const headers = { "content-type": "multipart/form-data", "content-length": "30000000" };
  const request = new Request("http://127.0.0.1/", { method: "POST", headers, body: "x" });
  await expect(readUpload(request)).rejects.toMatchObject({ key: "sheet_too_large" });
});
