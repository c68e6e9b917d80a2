import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { LoginRequest } from "@/lib/accounts/model";
import { MINUTE } from "@/lib/core/time";
import { kaspiAccounts, kaspiLogins } from "@/lib/db/schema/kaspi";
import { startChild } from "../support/child";
import { temporaryFolder } from "../support/folder";
import { testOffice } from "../support/office";
import { connectedStore, smallShop } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin, database } = office;

const sms: LoginRequest = { by: "phone", phone: "77010000003" };
const mailed: LoginRequest = {
  by: "email",
  email: "code@duken.kz",
  password: "code-kaspi",
  keepPassword: true,
};

beforeEach(async () => {
  twin.clearFaults();
  await database.sql`truncate stores, kaspi_accounts, login_breaks, pending_logins cascade`;
  twin.forgetRequests();
});

/** A step made by another process, which logs everything it has to say. */
async function elsewhere(
  logs: string,
  work: string,
  ...given: string[]
): Promise<Record<string, unknown>> {
  const child = startChild("tests/support/login-worker.ts", [work, ...given], {
    DATABASE_URL: database.url,
    KASPI_CABINET_URL: twin.urls.cabinet,
    KASPI_ID_URL: twin.urls.id,
    KASPI_STOREFRONT_URL: twin.urls.storefront,
    KASPI_IMAGES_URL: twin.urls.images,
    LOG_LEVEL: "debug",
    LOG_DIR: logs,
  });
  return JSON.parse(await child.line((line) => line.startsWith("{") || line.startsWith("[")));
}

const logins = () => twin.requests().login?.total ?? 0;
const lastCode = () => twin.lastCode()?.code ?? "";

test("two processes whose session has died log in once", async () => {
  await connectedStore(office);
  const [account] = await access.db.select().from(kaspiAccounts);
  // The others' clock is the machine's; that of this one the tests may have moved far ahead.
  await access.db.update(kaspiLogins).set({ nextReadSlotAt: null });
  twin.expireSessions();
  twin.forgetRequests();
  const ask = () => elsewhere(temporaryFolder(), "ask", owner.id, account?.id ?? "");
  const asked = await Promise.all([ask(), ask()]);
  expect(asked).toEqual([[{ uid: "17203946" }], [{ uid: "17203946" }]]);
  expect(logins()).toBe(1);
});

test("a login begun in one process ends in another, and no log holds its secrets", async () => {
  const logs = temporaryFolder();
  const secrets = [smallShop.password, "code-kaspi", "MS_AUTH_SSO", "mc-sid", "000000"];
  for (const request of [sms, mailed]) {
    twin.advance({ ms: 61 * MINUTE });
    const begun = await elsewhere(logs, "begin", owner.id, JSON.stringify(request));
    expect(begun.kind).toBe("needs_code");
    const id = String(begun.pendingId);
    const right = lastCode();
    expect(await elsewhere(logs, "reply", stranger.id, id, right)).toEqual({
      failed: "login_gone",
    });
    expect(await elsewhere(logs, "reply", owner.id, id, "000000")).toEqual({
      failed: "login_code_wrong",
    });
    expect(await elsewhere(logs, "reply", owner.id, id, right)).toMatchObject({ kind: "done" });
    secrets.push(right);
  }
  const written = readdirSync(logs).map((name) => readFileSync(path.join(logs, name), "utf8"));
  expect(existsSync(logs) && written.join("")).toContain("the step is made");
  for (const secret of secrets) expect(written.join("")).not.toContain(secret);
});
