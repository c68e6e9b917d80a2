import { afterEach, expect, test } from "vitest";
import { serveWeb } from "@/lib/cli/serve-web";

let close = () => {};
afterEach(() => close());

async function served() {
  const seen: number[] = [];
  const web = await serveWeb({ host: "127.0.0.1", port: 0 }, async (request) => {
    seen.push((await request.arrayBuffer()).byteLength);
    return new Response("ok");
  });
  close = web.close;
  return { url: web.url, seen };
}

test("a body reaches the handler whole, and one without end does not", async () => {
  const { url, seen } = await served();
  const send = (body: string) => fetch(url, { method: "POST", body });
  expect((await send("x".repeat(5_000_000))).status).toBe(200);
  const refused = await send("x".repeat(40_000_000)).then(
    ({ status }) => status,
    () => "hung up",
  );
  expect([413, "hung up"]).toContain(refused);
  expect(seen).toEqual([5_000_000]);
});
