import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { proxy } from "@/proxy";
import { testDatabase } from "./support/database";
import { hold } from "./support/locks";

const { db } = await testDatabase();
const POOL = 10;

const ask = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  proxy(new NextRequest(`http://127.0.0.1${path}`, init));
const passedOn = (answer: Response, name: string) =>
  answer.headers.get(`x-middleware-request-${name}`);

test("a pool whose connections are all at work is not an absent Postgres", async () => {
  const busy = await Promise.all(
    Array.from({ length: POOL }, () => hold(db, (tx) => tx.execute("select 1"))),
  );
  expect((await ask("/products")).status).toBe(200);
  await Promise.all(busy.map((one) => one.release()));
});

test("each answer has a nonce of its own, which the page is told and a visitor cannot choose", async () => {
  const [first, second] = [await ask("/"), await ask("/", { headers: { "x-nonce": "mine" } })];
  const policies = [first, second].map((one) => one.headers.get("content-security-policy") ?? "");
  expect(policies[0]).toContain(`'nonce-${passedOn(first, "x-nonce")}'`);
  expect(policies[1]).toContain(`'nonce-${passedOn(second, "x-nonce")}'`);
  expect(policies[0]).not.toBe(policies[1]);
  expect(policies[1]).not.toContain("mine");
  expect(passedOn(second, "content-security-policy")).toBe(policies[1]);
});

test("a page further in learns our host, whatever the request calls us", async () => {
  const { host } = new URL(process.env.NEXTAUTH_URL ?? "");
  const claimed = { host: "evil.example", "x-forwarded-host": "evil.example" };
  const answer = await ask("/login", { headers: claimed });
  expect(passedOn(answer, "x-forwarded-host")).toBe(host);
  expect([...answer.headers.values()].join()).not.toContain("https://evil.example");
});

test("a write from a foreign page is refused in the visitor's language, with every header", async () => {
  const headers = { origin: "https://evil.example", cookie: "duken-locale=en" };
  const answer = await ask("/api/auth/callback/credentials", { method: "POST", headers });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({
    success: false,
    code: "forbidden",
    error: expect.stringContaining("not come from a page"),
  });
  expect(answer.headers.get("content-security-policy")).toContain("strict-dynamic");
});

test("a body that is too large is refused unread, in words", async () => {
  const headers = { "content-length": "2000000" };
  const answer = await ask("/products", { method: "POST", headers });
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: "too_large" });
});
