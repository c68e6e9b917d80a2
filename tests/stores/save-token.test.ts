import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exits } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import { listExits } from "@/lib/exits/list-exits";
import { readableStore } from "@/lib/stores/queries";
import { saveToken, tokenView } from "@/lib/stores/save-token";
import { sealedToken, setToken } from "@/lib/stores/token-queries";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin, database } = office;
const { db } = access;
let storeId = "";
let token = "";

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  token = twin.about().merchants.find(({ uid }) => uid === store.merchantId)?.token ?? "";
});

beforeEach(async () => {
  twin.clearFaults();
  await setToken(db, owner, storeId, null, access.clock());
  twin.forgetRequests();
});

const save = (given = token, caller = owner) =>
  saveToken(access, caller, { storeId, token: given });

describe("a token of the official API", () => {
  test("is asked about once, kept sealed, and shown by its end alone", async () => {
    await save();
    expect(twin.requests().shop_orders?.total).toBe(1);
    const sealed = await sealedToken(db, storeId);
    expect(sealed).not.toContain(token);
    expect(access.vault.open(sealed ?? "")).toBe(token);
    expect(tokenView(access, await readableStore(db, owner, storeId), { whole: true })).toEqual({
      ending: token.slice(-4),
      checkedAt: expect.any(Date),
    });
  });

  test("that Kaspi does not take is refused, and the one before stays", async () => {
    await save();
    await expect(save("not-a-token-of-kaspi")).rejects.toMatchObject({
      kind: "invalid",
      details: [{ path: "token", message: "token_refused" }],
    });
    expect(access.vault.open((await sealedToken(db, storeId)) ?? "")).toBe(token);
  });

  test.each([
    ["server_error", "kaspi_unreachable"],
    ["connection_reset", "kaspi_unreachable"],
  ] as const)(
    "is neither kept nor called wrong when Kaspi is in trouble (%s)",
    async (name, kind) => {
      twin.setFault({ name, at: ["shop_orders"] });
      await expect(save()).rejects.toMatchObject({ kind });
      expect(await sealedToken(db, storeId)).toBeNull();
    },
  );

  test("is asked about through an exit in use, and not when there is none", async () => {
    await save();
    const [own] = await listExits(access);
    expect(own?.requests).toBeGreaterThan(0);
    await db.update(exits).set({ isActive: false });
    await expect(save()).rejects.toMatchObject({ key: "no_exit" });
    await db.update(exits).set({ isActive: true });
    expect(twin.requests().shop_orders?.total).toBe(1);
  });

  test("that no key opens any more is shown as kept, and can be replaced", async () => {
    await db.update(stores).set({ apiToken: "lost.a.b.c" });
    const { apiToken } = await readableStore(db, owner, storeId);
    expect(tokenView(access, { apiToken, apiTokenCheckedAt: null }, { whole: true })?.ending).toBe(
      "????",
    );
    await save();
    expect(access.vault.open((await sealedToken(db, storeId)) ?? "")).toBe(token);
  });

  test("is taken back by a person, and the audit says so without a word of it", async () => {
    await save();
    await setToken(db, owner, storeId, null, access.clock());
    expect(await sealedToken(db, storeId)).toBeNull();
    const entries = await database.sql`select action, details from audit_log
      where store_id = ${storeId} and action like 'store.token%' order by at desc limit 2`;
    expect(entries.map(({ action }) => action).sort()).toEqual([
      "store.token_removed",
      "store.token_saved",
    ]);
    expect(JSON.stringify(entries)).not.toContain(token.slice(-8));
  });

  test("of another's store cannot be set, and Kaspi is not asked", async () => {
    await expect(save(token, stranger)).rejects.toMatchObject({ kind: "not_found" });
    expect(twin.requests().shop_orders?.total ?? 0).toBe(0);
  });
});
