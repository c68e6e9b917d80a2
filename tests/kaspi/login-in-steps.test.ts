import { beforeAll, describe, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { browserLogin } from "@/lib/kaspi/browser-login";
import { directLogin } from "@/lib/kaspi/direct-login";
import {
  type BrokenOff,
  type Credentials,
  goOnLoggingIn,
  type LoginFlow,
  type LoginMethod,
  type LoginOutcome,
  type PendingLogin,
} from "@/lib/kaspi/log-in";
import { listMerchants } from "@/lib/kaspi/merchants";
import { openCabinet } from "@/lib/kaspi/session";
import { ensureBrowser } from "@/scripts/ensure-browser.mjs";
import { trainingKaspi } from "./on-twin";
import { noWait } from "./stub-server";

const on = trainingKaspi();
const how = { acquireSlot: noWait };
const sms: Credentials = { phone: "77010000003" };
const mailed: Credentials = { email: "code@duken.kz", password: "code-kaspi" };
const choice: Credentials = { email: "choose@duken.kz", password: "choose-kaspi" };
const address = { sms: "+7 (701) 000-00-03", mail: mailed.email };
let executablePath = "";

beforeAll(async () => {
  executablePath = await ensureBrowser();
});

/** A flow as another process has it: nothing is shared with the one before but Kaspi. */
function flowOf(method: LoginMethod): LoginFlow {
  return method === "direct"
    ? directLogin(on.transport)
    : browserLogin({ hosts: on.twin.urls, executablePath, timeoutMs: 30_000 });
}

async function begun(method: LoginMethod, credentials: Credentials): Promise<PendingLogin> {
  on.twin.advance({ ms: 61 * MINUTE });
  const outcome = await flowOf(method).logIn(credentials, how);
  return pendingOf(outcome);
}

function pendingOf(outcome: LoginOutcome | BrokenOff): PendingLogin {
  if (outcome.kind === "connected" || !outcome.pending)
    throw new Error(`nothing to go on with: ${JSON.stringify(outcome)}`);
  return outcome.pending;
}

const lastCode = (to: string) => on.twin.lastCode({ to })?.code ?? "";
const code = (text: string) => ({ kind: "code", code: text }) as const;

async function merchantsOf(outcome: LoginOutcome | BrokenOff): Promise<string[]> {
  if (outcome.kind !== "connected") throw new Error(`not connected: ${JSON.stringify(outcome)}`);
  const { session } = outcome;
  const cabinet = openCabinet({ transport: on.transport, session, acquireSlot: noWait });
  return (await listMerchants(cabinet)).map(({ uid }) => uid);
}

describe.each(["direct", "browser"] as const)("by the %s way", (method) => {
  test("a phone is texted a code, and the code connects", async () => {
    on.twin.advance({ ms: 61 * MINUTE });
    const asked = await flowOf(method).logIn(sms, how);
    expect(asked).toMatchObject({ kind: "code_required", channel: "sms" });
    const done = await flowOf(method).goOn(pendingOf(asked), code(lastCode(address.sms)), how);
    expect(await merchantsOf(done)).toEqual(["ArmanTrade"]);
  });

  test("a mailed code connects", async () => {
    const pending = await begun(method, mailed);
    expect(pending.state).not.toContain(mailed.password);
    const done = await flowOf(method).goOn(pending, code(lastCode(address.mail)), how);
    expect(await merchantsOf(done)).toEqual(["18640215"]);
  });

  test("a wrong code is told at once, and the right one may follow", async () => {
    const pending = await begun(method, sms);
    const missed = await flowOf(method).goOn(pending, code("000000"), how);
    expect(missed).toMatchObject({ kind: "refused", why: "code" });
    const right = code(lastCode(address.sms));
    expect(await flowOf(method).goOn(pendingOf(missed), right, how)).toMatchObject({
      kind: "connected",
      method,
    });
  });

  test.each([
    ["sms", sms],
    ["mail", mailed],
  ] as const)(
    "a code by %s that was taken is not asked for again when the way in breaks off",
    async (way, who) => {
      const pending = await begun(method, who);
      const right = code(lastCode(address[way]));
      on.twin.setFault({ name: "connection_reset", at: ["callback"] });
      const broken = await flowOf(method).goOn(pending, right, how);
      expect(broken).toMatchObject({
        kind: "broken_off",
        error: { kind: "kaspi_unreachable" },
        pending: { method },
      });
      on.twin.clearFaults();
      on.twin.forgetRequests();
      const done = await flowOf(method).goOn(pendingOf(broken), right, how);
      expect(await merchantsOf(done)).toHaveLength(1);
      expect(on.twin.requests().login?.total ?? 0).toBe(0);
    },
  );

  test("a login that was let in and forgotten is lost", async () => {
    const pending = await begun(method, sms);
    on.twin.setFault({ name: "connection_reset", at: ["callback"] });
    const broken = await flowOf(method).goOn(pending, code(lastCode(address.sms)), how);
    on.twin.clearFaults();
    on.twin.expireSessions();
    const again = await flowOf(method).goOn(pendingOf(broken), code("1"), how);
    expect(again).toMatchObject({ kind: "refused", why: "lost" });
  });

  test("a shop is chosen of several", async () => {
    const pending = await begun(method, choice);
    const done = await flowOf(method).goOn(pending, { kind: "merchant", uid: "30901133" }, how);
    expect(await merchantsOf(done)).toEqual(["30901133"]);
  });

  test.each([
    ["mail", mailed],
    ["sms", sms],
  ] as const)("another code by %s is asked for, and the new one counts", async (way, who) => {
    const pending = await begun(method, who);
    const first = lastCode(address[way]);
    on.twin.advance({ ms: 2 * MINUTE });
    const again = await flowOf(method).goOn(pending, { kind: "send_again" }, how);
    expect(again).toMatchObject({ kind: "code_required", channel: way });
    const old = await flowOf(method).goOn(pendingOf(again), code(first), how);
    expect(old).toMatchObject({ kind: "refused", why: "code" });
    const done = await flowOf(method).goOn(pendingOf(old), code(lastCode(address[way])), how);
    expect(done.kind).toBe("connected");
  });

  test("another code too early is a flood that says for how long", async () => {
    const pending = await begun(method, sms);
    const again = await flowOf(method).goOn(pending, { kind: "send_again" }, how);
    expect(again).toMatchObject({ why: "flood", code: "SECURITY_CODE_SMS_FLOOD" });
    expect(again.kind === "refused" && again.breakTimeMs).toBeGreaterThan(50_000);
    expect(pendingOf(again).method).toBe(method);
  });

  test("a code that is too old is told as such", async () => {
    const pending = await begun(method, mailed);
    const late = code(lastCode(address.mail));
    on.twin.advance({ ms: 6 * MINUTE });
    expect(await flowOf(method).goOn(pending, late, how)).toMatchObject({ why: "code_old" });
  });

  test("a login that Kaspi no longer knows is lost", async () => {
    const pending = await begun(method, mailed);
    on.twin.expireSessions();
    expect(await flowOf(method).goOn(pending, code("123456"), how)).toMatchObject({ why: "lost" });
  });

  test("a phone Kaspi knows no shop of is refused", async () => {
    const stranger = { phone: "77770000000" };
    const outcome = await flowOf(method).logIn(stranger, how);
    expect(outcome).toMatchObject({ kind: "refused", why: "no_merchants" });
  });
});

test("a page that remembers where it stood is filled in", async () => {
  const pending = await begun("browser", sms);
  on.twin.setFault({ name: "login_page_remembers" });
  const missed = await flowOf("browser").goOn(pending, code("000000"), how);
  expect(missed).toMatchObject({ kind: "refused", why: "code" });
  const right = code(lastCode(address.sms));
  const done = await flowOf("browser").goOn(pendingOf(missed), right, how);
  expect(done.kind).toBe("connected");
});

test.each([
  ["sms", sms],
  ["mail", mailed],
] as const)(
  "a login by %s that is refused by address at its code goes on in a browser",
  async (way, who) => {
    const pending = await begun("direct", who);
    on.twin.setFault({ name: "id_refuses_address", at: ["login"], times: 1 });
    const flows = [flowOf("direct"), flowOf("browser")];
    const done = await goOnLoggingIn(flows, pending, code(lastCode(address[way])), how);
    expect(done).toMatchObject({ kind: "connected", method: "browser" });
    expect(await merchantsOf(done)).toHaveLength(1);
  },
);

test("a login begun in a browser is lost where there is none", async () => {
  const pending: PendingLogin = { method: "browser", state: "{}" };
  const outcome = await goOnLoggingIn([flowOf("direct")], pending, code("1"), how);
  expect(outcome).toMatchObject({ kind: "refused", why: "lost" });
});

test("a pending login that cannot be read is gone, and an answer nobody waits for a conflict", async () => {
  const unreadable: PendingLogin = { method: "direct", state: "no json" };
  await expect(flowOf("direct").goOn(unreadable, code("1"), how)).rejects.toMatchObject({
    kind: "gone",
  });
  const pending = await begun("direct", choice);
  await expect(flowOf("direct").goOn(pending, code("1"), how)).rejects.toMatchObject({
    kind: "conflict",
  });
});
