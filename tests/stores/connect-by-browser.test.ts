import { beforeEach, describe, expect, test } from "vitest";
import type { LoginRequest } from "@/lib/accounts/model";
import { MINUTE } from "@/lib/core/time";
import { kaspiSessions } from "@/lib/db/schema/kaspi";
import { createAccess } from "@/lib/exits/access";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";
import type { ConnectStep } from "@/lib/stores/model";
import { ensureBrowser } from "@/scripts/ensure-browser.mjs";
import { testOffice } from "../support/office";

const chromiumPath = await ensureBrowser();
const office = await testOffice({ startAt: new Date("2026-11-02T06:00:00Z") });
const { owner, twin, database } = office;
const access = createAccess({ ...office.access, chromiumPath });

const sms: LoginRequest = { by: "phone", phone: "77010000003" };
const byEmail = (name: string, password = `${name}-kaspi`): LoginRequest => ({
  by: "email",
  email: `${name}@duken.kz`,
  password,
  keepPassword: true,
});

/** Direct calls to the login are refused by address; a browser is let through. */
beforeEach(async () => {
  twin.clearFaults();
  twin.advance({ ms: 61 * MINUTE });
  await database.sql`truncate stores, kaspi_accounts, runs, notices, jobs.event, login_breaks,
    pending_logins cascade`;
  twin.setFault({ name: "id_refuses_address", at: ["login"], times: 1 });
});

function pendingId(step: ConnectStep): string {
  if (step.kind === "done") throw new Error("nothing waits");
  return step.pendingId;
}

const begin = (request: LoginRequest) => beginConnecting(access, owner, request);
const methods = async () =>
  (await access.db.select({ method: kaspiSessions.method }).from(kaspiSessions)).map(
    ({ method }) => method,
  );

describe("where the direct way is refused by address", () => {
  test.each([
    ["a text message", sms],
    ["a mail", byEmail("code")],
  ])(
    "a login by the code of %s goes through a browser, in another process too",
    async (_, request) => {
      const step = await begin(request);
      expect(step.kind).toBe("needs_code");
      const elsewhere = createAccess({ ...office.access, chromiumPath });
      const reply = { kind: "code" as const, code: "000000" };
      const replied = { pendingId: pendingId(step), reply };
      await expect(goOnConnecting(elsewhere, owner, replied)).rejects.toMatchObject({
        key: "login_code_wrong",
      });
      reply.code = twin.lastCode()?.code ?? "";
      expect(await goOnConnecting(elsewhere, owner, replied)).toMatchObject({ kind: "done" });
      expect(await methods()).toEqual(["browser"]);
    },
  );

  test("a wrong password is said at once in Kaspi's words", async () => {
    const began = performance.now();
    await expect(begin(byEmail("small", "wrong"))).rejects.toMatchObject({
      kind: "kaspi_credentials",
    });
    expect(performance.now() - began).toBeLessThan(25_000);
  });

  test("a page that cannot be gone on with says so, and sends the code again", async () => {
    const step = await begin(byEmail("code"));
    twin.expireSessions();
    const id = pendingId(step);
    const typed = { pendingId: id, reply: { kind: "code" as const, code: "123456" } };
    await expect(goOnConnecting(access, owner, typed)).rejects.toMatchObject({
      kind: "gone",
      key: "login_lost",
    });
    twin.advance({ ms: 2 * MINUTE });
    const again = await goOnConnecting(access, owner, {
      pendingId: id,
      reply: { kind: "send_again" },
    });
    const reply = { kind: "code" as const, code: twin.lastCode()?.code ?? "" };
    const done = await goOnConnecting(access, owner, { pendingId: pendingId(again), reply });
    expect(done.kind).toBe("done");
  });

  test("a shop is chosen in the browser's session", async () => {
    const step = await begin(byEmail("choose"));
    expect(step.kind).toBe("choose_merchant");
    const reply = { kind: "merchant" as const, uid: "30901133" };
    expect(
      await goOnConnecting(access, owner, { pendingId: pendingId(step), reply }),
    ).toMatchObject({
      result: { stores: [{ merchantId: "30901133" }] },
    });
  });
});
