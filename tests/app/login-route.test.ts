import { expect, test } from "vitest";
import { POST } from "@/app/api/auth/[...nextauth]/route";

const params = Promise.resolve({ nextauth: ["callback", "credentials"] });
const send = (headers: Record<string, string>) =>
  POST(new Request("http://127.0.0.1/api/auth", { method: "POST", headers }), { params });

test("a stranger's body is refused unread when it is long or does not say how long it is", async () => {
  expect((await send({ "content-length": "1000000" })).status).toBe(413);
  expect((await send({ "transfer-encoding": "chunked" })).status).toBe(411);
});
