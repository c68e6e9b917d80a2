import { expect, test } from "vitest";
import { auditSchema } from "@/lib/audit/address";
import { auditPage } from "@/lib/audit/queries";
import { createApiKey } from "@/lib/auth/api-keys";
import { audit } from "@/lib/auth/audit";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { comingFrom } from "@/lib/log/origin";
import { testPeople } from "../support/people";

const people = await testPeople();
const { db, clock } = people.access;

test("what a program did names its key, what a person did names none", async () => {
  const owner = await people.person("owner");
  const wanted = { name: "1С", scopes: ["write" as const], lifeMs: null };
  await createApiKey(db, owner.id, wanted, { by: owner.id, now: clock() });
  const [key] = await db.select().from(apiKeys);
  const entry = { at: clock(), userId: owner.id, action: "workspace.changed" } as const;
  const origin = { requestId: "request", from: "10.0.0.1" };
  await comingFrom({ ...origin, keyId: key?.id ?? "" }, () => audit(db, entry));
  const keyNames = async () => {
    const query = auditSchema.parse({ action: "workspace.changed" });
    const { entries } = await auditPage(db, owner, { query, now: clock(), limit: 10 });
    return entries.map(({ keyName }) => keyName);
  };
  expect(await keyNames()).toEqual([`1С ${key?.hint}`]);
  await db.delete(apiKeys);
  expect(await keyNames()).toEqual([null]);
  await comingFrom(origin, () => audit(db, entry));
  expect(await keyNames()).toEqual([null, null]);
});
