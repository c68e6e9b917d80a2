import { beforeEach, expect, test } from "vitest";
import { giveUp, setBack } from "@/lib/accounts/heed-break";
import {
  accountById,
  saveRenewed,
  saveSession,
  storedSession,
  upsertAccount,
} from "@/lib/accounts/queries";
import { MINUTE } from "@/lib/core/time";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { loginBreaks } from "@/lib/db/schema/logins";
import { listOpenNotices } from "@/lib/notices/queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { listStores } from "@/lib/stores/queries";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
await connectedStore(office);
const [account] = await db.select().from(kaspiAccounts);
if (!account) throw new Error("nothing is connected");

beforeEach(async () => {
  await db.delete(loginBreaks);
  await connectedStore(office);
});

const session = { cookies: "sealed", method: "direct" } as const;
const standing = async () => (await accountById(db, account.id)).session;
/** As the renewal has read it, before its person came. */
const asRead = () => accountById(db, account.id);

test("a renewal fails while a person's login is saved: both get through, and the person's counts", async () => {
  const read = await asRead();
  await setBack(access, read, { by: "trouble", askedMs: null });
  const { login, password, chosenMerchant } = read;
  const theirs = { userId: owner.id, login, password, chosenMerchant };
  const person = await hold(db, (tx) => upsertAccount(tx, theirs));
  const renewal = setBack(access, read, { by: "trouble", askedMs: null });
  await waiting(db, 1);
  twin.advance({ ms: MINUTE });
  await person.also((tx) => saveSession(tx, read.id, session, clock()));
  await person.release();
  expect(await renewal).toMatchObject({ by: "trouble" });
  expect([await standing(), await listOpenNotices(db, owner)]).toEqual(["valid", []]);
});

test("a renewal is saved while a person's login is: both get through", async () => {
  const read = await asRead();
  const { login, password, chosenMerchant } = read;
  const theirs = { userId: owner.id, login, password, chosenMerchant };
  const person = await hold(db, (tx) => upsertAccount(tx, theirs));
  const renewal = saveRenewed(db, read, session, clock());
  await waiting(db, 1);
  await person.also((tx) => saveSession(tx, read.id, session, clock()));
  await person.release();
  await renewal;
  expect(await standing()).toBe("valid");
});

test("a renewal that ends after its last store was disconnected keeps nothing", async () => {
  const read = await asRead();
  for (const { id } of await listStores(db, owner)) await archiveStore(db, owner, id, clock());
  await expect(saveRenewed(db, read, session, clock())).rejects.toMatchObject({
    key: "account_gone",
  });
  expect([await standing(), await storedSession(db, read.id)]).toEqual(["unknown", null]);
});

test("an old password refused after its person has logged in with the new one calls nobody", async () => {
  const read = await asRead();
  twin.advance({ ms: MINUTE });
  await db.transaction((tx) => saveSession(tx, read.id, session, clock()));
  await expect(giveUp(access, read, "password_wrong")).rejects.toMatchObject({
    key: "reauth_password_wrong",
  });
  expect([await standing(), await listOpenNotices(db, owner)]).toEqual(["valid", []]);
  await expect(giveUp(access, await asRead(), "password_wrong")).rejects.toThrow();
  expect(await standing()).toBe("needs_reauth");
});
