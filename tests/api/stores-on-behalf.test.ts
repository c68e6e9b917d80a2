import { ne } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog, runs } from "@/lib/db/schema/workspace";
import { apiStores } from "../support/api-stores";

const { access, call, owner, seller, twin } = await apiStores();
const { db } = access;

const phone = "+7 (701) 000-00-03";

/** All that the audit tells, by action: who did it, and to what. */
async function told() {
  const entries = await db.select().from(auditLog).where(ne(auditLog.action, "api_key.created"));
  return new Map(
    entries.map(({ action, userId, subjectId, storeId }) => [
      action,
      { userId, subjectId, storeId },
    ]),
  );
}

async function connectFor(user_id: string, key?: string): Promise<string> {
  const by = key === undefined ? {} : { key };
  const start = { body: { phone, user_id }, ...by };
  const { session_id } = (await call("POST", "/kaspi/auth/sms_start/", start)).body;
  const code = twin.lastCode()?.code;
  const verify = { body: { session_id, code, user_id }, ...by };
  return (await call("POST", "/kaspi/auth/sms_verify/", verify)).body.store_id;
}

test("an owner who connects somebody's store is who the audit names, and the store is that person's", async () => {
  const storeId = await connectFor(seller.id);
  const entries = await told();
  expect(entries.get("account.login_by_phone")).toMatchObject({
    userId: owner.id,
    subjectId: seller.id,
  });
  expect(entries.get("account.connected")).toMatchObject({ userId: owner.id });
  expect(entries.get("store.connected")).toMatchObject({ userId: owner.id, storeId });
  expect((await db.select().from(runs)).map(({ userId }) => userId)).toEqual([owner.id]);
  expect((await call("GET", `/kaspi/stores/${storeId}/`)).body.user_id).toBe(seller.id);
});

test("an owner who logs in anew to somebody's store is named, too", async () => {
  await connectFor(seller.id, seller.key);
  expect([...(await told()).values()].map(({ userId }) => userId)).not.toContain(owner.id);
  const body = { email: "small@duken.kz", password: "small-kaspi", user_id: seller.id };
  for (const _time of ["new", "again"])
    expect((await call("POST", "/kaspi/auth/authenticate/", { body })).status).toBe(200);
  const entries = await told();
  expect(entries.get("store.reconnected")?.userId).toBe(owner.id);
  expect(entries.get("account.login_by_email")).toMatchObject({
    userId: owner.id,
    subjectId: seller.id,
  });
});
