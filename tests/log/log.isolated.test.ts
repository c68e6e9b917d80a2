import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { comingFrom, jobOrigin } from "@/lib/log/origin";
import { eventually } from "../support/locks";

const folder = mkdtempSync(path.join(os.tmpdir(), "duken-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
vi.stubEnv("LOG_DIR", folder);
vi.stubEnv("LOG_LEVEL", "info");
const { log } = await import("@/lib/log");

let asked = 0;
/** What the log keeps of what is said. */
async function kept(fields: object): Promise<Record<string, unknown>> {
  const mark = `line ${++asked}`;
  log.info(fields, mark);
  return lineOf(mark);
}

async function lineOf(mark: string): Promise<Record<string, unknown>> {
  let line: string | undefined;
  await eventually(async () => {
    const text = await readFile(path.join(folder, "duken.log"), "utf8").catch(() => "");
    line = text.split("\n").find((one) => one.includes(`"msg":"${mark}"`));
    return line !== undefined;
  });
  return JSON.parse(line ?? "{}");
}

test("a secret is left out by its name, however deep it stands", async () => {
  const line = await kept({
    store: "5",
    password: "hunter-2-hunter",
    account: {
      login: "a@b.kz",
      cookies: "c00kie",
      deep: [{ apiToken: "t0ken", proxyUrl: "http://u:p@h" }],
    },
    headers: { "Set-Cookie": "c00kie", Authorization: "Bearer t0ken" },
  });
  expect(line).toMatchObject({ store: "5", account: { login: "a@b.kz", deep: [{}] }, headers: {} });
  expect(JSON.stringify(line)).not.toMatch(/hunter|c00kie|t0ken|u:p/);
});

test("a login in an address, a bearer and the token of a link are masked wherever they are told", async () => {
  const error = new Error(
    "GET http://user:s3cret@proxy.kz:8080/?token=t0ken failed, Bearer abcdefgh12",
  );
  const line = await kept({ err: error, note: "socks5://u:s3cret@proxy.kz" });
  const text = JSON.stringify(line);
  expect(text).toContain("proxy.kz:8080");
  expect(text).not.toMatch(/s3cret|t0ken|abcdefgh12/);
});

test("why a connection failed is told, a code that came by telephone is not", async () => {
  const refused = Object.assign(new Error("no"), { code: "ECONNREFUSED" });
  const line = await kept({ err: refused, reply: { code: "481516" } });
  expect(line).toMatchObject({ err: { code: "ECONNREFUSED" }, reply: {} });
  expect(JSON.stringify(line)).not.toContain("481516");
});

test("every line of a request, and of its jobs, carries its id", async () => {
  await comingFrom({ requestId: "request-1", from: "198.51.100.7" }, async () => {
    expect(await kept({})).toMatchObject({ request: "request-1" });
  });
  await comingFrom(jobOrigin("sync-store", "run-1", "request-1"), async () => {
    const line = await kept({ job: "another" });
    expect(line).toMatchObject({ request: "request-1", run: "run-1", job: "another" });
  });
  expect(await kept({})).not.toHaveProperty("request");
});
