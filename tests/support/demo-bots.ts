import { eq } from "drizzle-orm";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, ledgerHeads } from "@/lib/db/schema/repricing";
import type { TestOffice } from "./office";
import { connectedStore, syncNow } from "./stores";

const demoShop = { email: "demo@duken.kz", password: "demo-kaspi" };

/** The demo shop with the bot of all its goods on, each at its floor. Once per test file, at its top. */
export async function demoBots(office: TestOffice) {
  const { db, clock } = office.access;
  const { storeId } = await connectedStore(office, demoShop);
  await syncNow(office, storeId);
  const on = await db
    .update(products)
    .set({ botEnabled: true, floor: products.price })
    .where(eq(products.onSale, true))
    .returning({ id: products.id });
  return {
    storeId,
    bots: on.map(({ id }) => id),
    /** As before the first look: nothing is decided, everything is due. */
    async afresh() {
      await db.delete(decisions);
      await db.delete(ledgerHeads);
      await db.update(productCities).set({ lastDecisionId: null, nextCheckAt: clock() });
    },
  };
}
