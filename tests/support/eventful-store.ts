import { eq } from "drizzle-orm";
import { beforeEach } from "vitest";
import { createVault } from "@/lib/auth/vault";
import { HOUR } from "@/lib/core/time";
import { kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { webhooks } from "@/lib/db/schema/webhooks";
import { notices, users } from "@/lib/db/schema/workspace";
import type { EventData } from "@/lib/webhooks/event-data-model";
import { earsOf, tell } from "@/lib/webhooks/tell";
import { testPeople } from "./people";
import { hooked } from "./webhooks";

/**
 * Somebody with a store in which things happen, and nobody's webhooks before each test. Once per test file, at
 * its top.
 */
export async function eventfulStore() {
  const people = await testPeople();
  const { db, clock } = people.access;
  const vault = createVault(Buffer.alloc(32, "test key").toString("base64"));
  const person = await people.person();
  const storeId = crypto.randomUUID();
  await db.insert(kaspiLogins).values({ login: "x@example.kz" });
  await db.insert(stores).values({ id: storeId, userId: person.id, merchantId: "1", name: "Shop" });
  // The right to see one's own stores is a group's to give; an owner has it.
  await db.update(users).set({ role: "owner" }).where(eq(users.id, person.id));
  beforeEach(async () => {
    await db.delete(webhooks);
    await db.delete(notices);
    people.advance(HOUR);
  });
  const data = (): EventData<"store.needs_reauth"> => ({
    store_id: storeId,
    reason: "no_password",
    since: clock().toISOString(),
  });
  return {
    people,
    person,
    storeId,
    parts: { db, clock, vault },
    ...hooked({ db, clock, vault }),
    data,
    /** Something happens in the store, told to whoever listens. */
    async happen(of: string = crypto.randomUUID()): Promise<void> {
      await db.transaction(async (tx) => {
        const ears = await earsOf(tx, "store.needs_reauth", storeId);
        await tell(tx, ears, "store.needs_reauth", [{ of, data: data() }], clock());
      });
    },
  };
}
