import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { checkAccount } from "@/lib/accounts/check-account";
import { accountById } from "@/lib/accounts/queries";
import { createVault } from "@/lib/auth/vault";
import { exits } from "@/lib/db/schema/exits";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { createAccess } from "@/lib/exits/access";
import { probeDueExits, testExit } from "@/lib/exits/probe-exits";
import { readMarket } from "@/lib/exits/read-market";
import { listOpenNotices } from "@/lib/notices/queries";
import { testOffice } from "../support/office";
import { connectedStore, connectStores, smallShop } from "../support/stores";

// The office after its key was lost: what the old one has sealed nobody opens any more.
const office = await testOffice();
const { access, owner } = office;
const { db } = access;
await connectedStore(office);
const [account] = await db.select().from(kaspiAccounts);
if (!account) throw new Error("nothing is connected");
const vault = createVault(Buffer.alloc(32, "another key").toString("base64"));
const later = createAccess({ ...access, vault });
const sealed = { proxyUrl: access.vault.seal("http://127.0.0.1:9"), readsPerSecond: 1e6 };

test("a session that no key opens calls its person, who logs in as ever", async () => {
  await expect(checkAccount(later, account.id)).rejects.toMatchObject({ kind: "needs_reauth" });
  expect(await listOpenNotices(db, owner)).toMatchObject([
    { kind: "needs_reauth", params: { reason: "no_password" } },
  ]);
  await connectStores(later, owner, smallShop);
  await checkAccount(later, account.id);
  expect((await accountById(db, account.id)).session).toBe("valid");
  expect(await listOpenNotices(db, owner)).toEqual([]);
});

test("a proxy that no key opens stops no read, and is no reason to try no other", async () => {
  const [proxy] = await db
    .insert(exits)
    .values({ name: "sealed", ...sealed })
    .returning();
  const question = { storeId: null, cardId: "100000000", cityId: "750000000" };
  for (let nth = 0; nth < 4; nth += 1)
    expect(await readMarket(later, question)).toMatchObject({ kind: "seen" });
  expect(await testExit(later, proxy?.id ?? "")).toEqual({ ok: false, why: "silent" });
  await db
    .update(exits)
    .set({ deadSince: later.clock() })
    .where(eq(exits.id, proxy?.id ?? ""));
  expect(await probeDueExits(later)).toBe(0);
});
