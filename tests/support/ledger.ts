import { randomUUID } from "node:crypto";
import { createOwner, findCaller } from "@/lib/auth/users";
import type { Db } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { asMember } from "./person";

export const ledgerNow = new Date("2026-11-21T12:00:00Z");
const almaty = "750000000";

type NewDecision = Partial<typeof decisions.$inferInsert>;

/** A member of the team with a store, its products and decisions written straight into the tables. */
export async function shopWithLedger(db: Db, name: string) {
  const email = `${name}@example.kz`;
  const user = await createOwner(db, { email, name, password: "a long password" }, ledgerNow);
  const owner = await findCaller(db, user, 1);
  if (!owner) throw new Error("the user was not created");
  const member = asMember(owner);
  const [store] = await db
    .insert(stores)
    .values({
      userId: user,
      merchantId: `m-${name}`,
      name: `Магазин ${name}`,
      mainCityId: almaty,
      claimedAt: ledgerNow,
      firstClaimedAt: ledgerNow,
    })
    .returning({ id: stores.id });
  const storeId = store?.id ?? "";
  let seq = 0;
  return {
    owner,
    member,
    storeId,
    async product(over: Partial<typeof products.$inferInsert> = {}) {
      const [row] = await db
        .insert(products)
        .values({
          storeId,
          sku: randomUUID().slice(0, 8),
          name: "Чайник",
          onSale: true,
          leadCityId: almaty,
          ...over,
        })
        .returning({ id: products.id });
      const productId = row?.id ?? "";
      const city = { productId, storeId, cityId: almaty, isPriced: true, nextCheckAt: ledgerNow };
      await db.insert(productCities).values(city);
      return productId;
    },
    async decide(productId: string, over: NewDecision = {}): Promise<string> {
      seq += 1;
      const id = randomUUID();
      await db.insert(decisions).values({
        id,
        storeId,
        productId,
        cityId: almaty,
        origin: "bot",
        kind: "change",
        reason: "undercut",
        params: { price: 990, rival: 1_000, current: 1_100, floor: 900, ceiling: 1_200 },
        trail: [],
        priceBefore: 1_100 as never,
        price: 990 as never,
        inputs: "{}",
        inputsHash: "",
        rulesVersion: 1,
        seq,
        previousHash: "",
        hash: "",
        state: "confirmed",
        decidedAt: ledgerNow,
        ...over,
      });
      return id;
    },
  };
}
