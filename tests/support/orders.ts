import { eq } from "drizzle-orm";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { addMet, type Met, nothingMet } from "@/lib/orders/read-shop";
import {
  beginReading,
  finishReading,
  readFromCabinet,
  readFromShop,
} from "@/lib/orders/read-store";
import { saveToken } from "@/lib/stores/save-token";
import type { TestOffice } from "./office";
import { connectedStore } from "./stores";

const MOST_STEPS = 100;

/** A whole reading of a store's orders without the job engine. */
export async function readOrdersNow({ access, twin }: TestOffice, storeId: string): Promise<Met> {
  // What is ordered in the very millisecond of a reading is for the next one.
  twin.advance({ ms: 1 });
  const begun = await beginReading(access, { storeId, runId: null });
  if (!begun) throw new Error("its orders cannot be read");
  const reading = { storeId, runId: null, ...begun };
  const read = begun.source === "shop_api" ? readFromShop : readFromCabinet;
  let met = nothingMet;
  for (let nth = 1; nth <= MOST_STEPS; nth += 1) {
    const part = await read(access, reading, nth);
    met = addMet(met, part);
    if (part.isOver) break;
  }
  await finishReading(access, reading, met);
  return met;
}

/** A connected store of the small shop, with its token unless it is to have none. */
export async function storeWithOrders(office: TestOffice, { token = true } = {}) {
  const { access, owner, twin } = office;
  const { storeId, merchantId } = await connectedStore(office);
  const given = twin.about().merchants.find(({ uid }) => uid === merchantId)?.token ?? "";
  if (token) await saveToken(access, owner, { storeId, token: given });
  const { db } = access;
  return {
    storeId,
    merchantUid: merchantId,
    token: given,
    orders: () => db.select().from(orders).where(eq(orders.storeId, storeId)),
    async order(code: string) {
      const [row] = (await this.orders()).filter((one) => one.code === code);
      if (!row) throw new Error(`no order ${code}`);
      return row;
    },
    entries: (orderId: string) =>
      db
        .select()
        .from(orderEntries)
        .where(eq(orderEntries.orderId, orderId))
        .orderBy(orderEntries.nth),
  };
}
