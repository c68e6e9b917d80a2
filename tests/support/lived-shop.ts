import { asc, eq } from "drizzle-orm";
import { tenge } from "@/lib/core/money";
import { decisions } from "@/lib/db/schema/repricing";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { undoRun } from "@/lib/repricing/undo/undo";
import type { TestOffice } from "./office";
import { fullShelf } from "./shelf";

/** A shop that has lived a little: prices followed, floors met, markets unread, hands at work, one undo. */
export async function livedShop(office: TestOffice) {
  const { access, owner, twin } = office;
  const { db } = access;
  const { storeId, take } = await fullShelf(office);
  const goods = Array.from({ length: 5 }, take);
  for (const one of goods) {
    const start = one.kaspiPrice();
    await one.watch({ floor: Math.ceil(start * 0.9) });
    for (const share of [0.99, 0.95, 0.5, 1.4]) {
      one.rivals(Math.round(start * share));
      await one.cycle();
    }
    const hand = { price: tenge(Math.round(start * 0.96)), hold: false, confirm: true };
    await setPriceByHand(db, owner, one.productId, hand, access.clock());
    await one.publish();
    twin.advance({ ms: 120_000 });
  }
  const [first] = goods;
  if (!first) throw new Error("the shop is empty");
  first.rivals(Math.round(first.kaspiPrice() * 0.97));
  await first.cycle();
  const [last] = (await first.history()).slice(-1);
  await undoRun(db, owner, last?.runId ?? "", access.clock());
  await first.publish();
  return {
    storeId,
    goods,
    ledger: () =>
      db.select().from(decisions).where(eq(decisions.storeId, storeId)).orderBy(asc(decisions.seq)),
    async verdict() {
      const [one] = await verifyLedgers(db, { storeId });
      if (!one) throw new Error("the store has no ledger");
      return one;
    },
  };
}
