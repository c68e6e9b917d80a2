import { expect, test } from "vitest";
import { isSessionAlive } from "@/lib/kaspi/check-session";
import { listMerchants, merchantName } from "@/lib/kaspi/merchants";
import { listOwnOffers } from "@/lib/kaspi/own-offers";
import { saveSession } from "@/lib/kaspi/session";
import { failure } from "./failures";
import { trainingKaspi } from "./on-twin";

const on = trainingKaspi();

test("a right password connects, and the session knows its merchants", async () => {
  const cabinet = await on.cabinetOf("demo");
  expect(await isSessionAlive(cabinet)).toBe(true);
  expect(await listMerchants(cabinet)).toEqual([{ uid: "30518274" }]);
  expect(await merchantName(cabinet, "30518274")).toBe("Дүкен Демо");
});

test("a login with two shops brings both", async () => {
  expect(await listMerchants(await on.cabinetOf("two"))).toHaveLength(2);
});

test.each([
  ["demo", "wrong", { kind: "refused", why: "credentials", code: "CREDENTIALS_INVALID" }],
  ["stranger", "x", { kind: "refused", why: "credentials" }],
  ["clerk", "clerk-kaspi", { kind: "refused", why: "permissions" }],
  ["nobody", "nobody-kaspi", { kind: "refused", why: "no_merchants" }],
  ["code", "code-kaspi", { kind: "code_required", channel: "mail", sentTo: "co***@duken.kz" }],
  [
    "choose",
    "choose-kaspi",
    { kind: "choose_merchant", merchants: [{ uid: "30901122" }, { uid: "30901133" }] },
  ],
])("%s with «%s» gets the outcome it deserves", async (name, password, expected) => {
  expect(await on.logIn(name, password)).toMatchObject(expected);
});

test("shops that come as a map can be chosen from too", async () => {
  on.twin.setFault({ name: "su_as_map" });
  expect(await on.logIn("choose")).toMatchObject({
    merchants: [{ uid: "30901122" }, { uid: "30901133" }],
  });
});

test("a flood says for how long", async () => {
  on.twin.setFault({ name: "login_flood", ms: 90_000 });
  expect(await on.logIn("demo")).toMatchObject({ why: "flood", breakTimeMs: 90_000 });
});

test.each(["login", "authorize"] as const)(
  "an address refused at %s is told as such",
  async (at) => {
    on.twin.setFault({ name: "id_refuses_address", at: [at] });
    expect(await on.logIn("demo")).toMatchObject({ kind: "refused", why: "address" });
  },
);

test("an identity host that hangs up is unreachable, not a wrong password", async () => {
  on.twin.setFault({ name: "connection_reset", at: ["login"] });
  expect(await failure(on.logIn("demo"))).toMatchObject({ kind: "kaspi_unreachable" });
});

test.each(["session_401", "session_403", "session_302", "session_login_page"] as const)(
  "%s is a dead session for every call",
  async (name) => {
    const cabinet = await on.cabinetOf("small");
    on.twin.setFault({ name });
    const merchantUid = "17203946";
    expect(await isSessionAlive(cabinet)).toBe(false);
    for (const call of [
      listMerchants(cabinet),
      merchantName(cabinet, merchantUid),
      listOwnOffers(cabinet, { merchantUid, page: 0 }),
    ]) {
      expect(await failure(call)).toMatchObject({ kind: "kaspi_session_expired" });
    }
  },
);

test.each(["connection_reset", "half_answer", "server_error"] as const)(
  "%s says nothing about the session",
  async (name) => {
    const cabinet = await on.cabinetOf("small");
    on.twin.setFault({ name, at: ["merchants"] });
    expect(await failure(isSessionAlive(cabinet))).toMatchObject({ kind: "kaspi_unreachable" });
  },
);

test("a session ended on Kaspi's side is dead, and saving it keeps no wrong hope", async () => {
  const cabinet = await on.cabinetOf("small");
  on.twin.expireSessions({ email: "small@duken.kz" });
  expect(await isSessionAlive(cabinet)).toBe(false);
  expect(saveSession(cabinet).cookies).toContain("mc-session");
});
