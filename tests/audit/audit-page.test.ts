import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { auditSchema } from "@/lib/audit/address";
import { exportAudit } from "@/lib/audit/export-audit";
import { auditPage } from "@/lib/audit/queries";
import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { StorePermission } from "@/lib/auth/permission-model";
import { DAY, later } from "@/lib/core/time";
import { auditLog } from "@/lib/db/schema/workspace";
import { comingFrom } from "@/lib/log/origin";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db } = access;
const now = access.clock();
const requestId = randomUUID();
const address = "198.51.100.7";
/** Sees the audit, and none of the owner's stores. */
const reader: Caller = {
  ...stranger,
  permissions: new Set(["view_store", "view_product", "view_audit"]),
};
const overseer: Caller = {
  ...reader,
  permissions: new Set(["view_store", "view_product", "view_audit", "can_view_all_stores"]),
};
let storeId = "";

const entry = (over: Partial<AuditEntry> & Pick<AuditEntry, "action">): AuditEntry => ({
  at: now,
  userId: owner.id,
  ...over,
});
const write = (...entries: AuditEntry[]) => db.transaction((tx) => audit(tx, ...entries));

beforeAll(async () => {
  ({ storeId } = await connectedStore(office));
  await comingFrom({ requestId, from: address }, () =>
    write(
      entry({ action: "store.renamed", storeId, details: { from: "=1+1", to: "Б" } }),
      entry({ action: "workspace.changed", at: later(now, -2 * DAY) }),
    ),
  );
  await write(
    entry({ action: "notice.dismissed", userId: reader.id, subjectId: "one" }),
    entry({ action: "account.renewed", userId: null, at: later(now, -40 * DAY) }),
  );
});

async function actions(caller: Caller, asked: object = {}): Promise<string[]> {
  const query = auditSchema.parse(asked);
  const { entries } = await auditPage(db, caller, { query, now, limit: 100 });
  return entries.map(({ action }) => action);
}

describe("what is seen", () => {
  test("an owner, and who may see all stores, see everything", async () => {
    const all = await actions(owner);
    expect(all).toEqual(expect.arrayContaining(["store.renamed", "workspace.changed"]));
    expect(await actions(overseer)).toEqual(all);
  });

  test("who sees no other stores sees what they did themselves", async () => {
    expect(await actions(reader)).toEqual(["notice.dismissed", "user.created"]);
    expect(await actions(reader, { store: storeId })).toEqual([]);
    expect(await actions(reader, { request: requestId })).toEqual([]);
  });

  test("with a store that is shared, what was done to it joins", async () => {
    const shared = (...rights: StorePermission[]) => [{ storeId, permissions: new Set(rights) }];
    const withoutGoods = await actions({ ...reader, shares: shared("view_store") });
    expect(withoutGoods).not.toContain("store.renamed");
    const shares = shared("view_store", "view_product");
    const seen = await actions({ ...reader, shares });
    expect(seen).toEqual(expect.arrayContaining(["store.renamed", "notice.dismissed"]));
    expect(seen).not.toContain("workspace.changed");
  });
});

describe("narrowed", () => {
  test.each<[string, () => object, string[]]>([
    ["by request", () => ({ request: requestId }), ["store.renamed", "workspace.changed"]],
    ["by address", () => ({ address }), ["store.renamed", "workspace.changed"]],
    ["by subject", () => ({ subject: "one" }), ["notice.dismissed"]],
    ["by the system", () => ({ person: "system", period: "year" }), ["account.renewed"]],
    ["by one action", () => ({ action: "store.renamed" }), ["store.renamed"]],
    ["by an area and a period", () => ({ action: "workspace", period: "day" }), []],
    ["by an area", () => ({ action: "workspace" }), ["workspace.changed"]],
    ["by person and area", () => ({ person: reader.id, action: "notice" }), ["notice.dismissed"]],
  ])("%s", async (_how, asked, expected) => {
    expect(await actions(owner, asked())).toEqual(expected);
  });
});

test("pages go on from the last entry, and meet each once", async () => {
  const whole = await auditPage(db, owner, { query: {}, now, limit: 100 });
  const met: string[] = [];
  for (let before: (typeof whole.entries)[number] | undefined; ; ) {
    const part = await auditPage(db, owner, { query: {}, now, before, limit: 2 });
    met.push(...part.entries.map(({ id }) => id));
    before = part.entries.at(-1);
    if (!part.hasMore) break;
  }
  expect(met).toEqual(whole.entries.map(({ id }) => id));
});

test("entries are neither changed nor deleted", async () => {
  await expect(db.update(auditLog).set({ action: "store.renamed" })).rejects.toMatchObject({
    cause: { message: expect.stringContaining("only ever added") },
  });
  await expect(db.delete(auditLog)).rejects.toMatchObject({
    cause: { message: expect.stringContaining("only ever added") },
  });
});

describe("as a file", () => {
  const take = (caller: Caller, asked: object) =>
    exportAudit(db, caller, {
      query: auditSchema.parse(asked),
      format: "csv",
      locale: "ru",
      now,
    });

  test("it says what the page says, and nothing in it is a formula", async () => {
    const text = await new Response(await take(owner, { action: "store.renamed" })).text();
    expect(text).toContain("Магазин переименован");
    expect(text).toContain("=1+1 → Б");
    expect(text).not.toMatch(/(^|[;"])[=+@-]1\+1/m);
    expect(await actions(owner, { action: "audit" })).toContain("audit.exported");
  });

  test("without the permission there is none", async () => {
    await expect(take(stranger, {})).rejects.toMatchObject({ kind: "forbidden" });
  });
});
