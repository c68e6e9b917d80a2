import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import type { Handle } from "../support/goods";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";
import { connectStores, smallShop, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);
const { storeId } = shelf;

let goods: Handle;
let start = 0;

/** A product whose bot is on and has something to decide. */
beforeEach(async () => {
  twin.clearFaults();
  await db.delete(decisions);
  await db.update(products).set({ botEnabled: false });
  goods = await shelf.contested();
  start = goods.kaspiPrice();
});

const byHand = () =>
  setPriceByHand(
    db,
    owner,
    goods.productId,
    { price: tenge(start - 5), hold: false, confirm: false },
    access.clock(),
  );
const states = async () => (await goods.history()).map((row) => `${row.origin} ${row.state}`);

describe("a look at a product whose price a person has just set", () => {
  test("leaves that price alone, and is saved all the same", async () => {
    const decided = await byHand();
    await goods.check();
    expect(await states()).toEqual(["manual pending"]);
    expect(await goods.product()).toMatchObject({ place: 2, lastDecision: { id: decided } });
  });

  test("that began before loses nothing of the rest of its batch", async () => {
    const market = await hold(db, (tx) => lockLedger(tx, storeId));
    const look = goods.check();
    await waiting(db, 1);
    const hand = byHand();
    await waiting(db, 2);
    await market.release();
    await Promise.all([look, hand]);
    expect(await states()).toEqual(["bot superseded", "manual pending"]);
  });
});

describe("a floor that is raised while a look is being saved", () => {
  /** The look waits for the ledger until the seller is done. */
  async function raisedAt(moment: () => Date): Promise<void> {
    const market = await hold(db, (tx) => lockLedger(tx, storeId));
    const look = goods.check();
    await waiting(db, 1);
    await setLimits(db, owner, goods.productId, { floor: tenge(start - 10) }, moment());
    await market.release();
    await look;
  }
  const isDue = async () => {
    const { nextCheckAt } = await goods.product();
    return nextCheckAt !== null && nextCheckAt <= access.clock();
  };

  test("leaves its product due: what was decided did not know of it", async () => {
    await raisedAt(access.clock);
    expect(await isDue()).toBe(true);
  });

  test("does so too if the seller had begun before the look", async () => {
    twin.advance({ ms: 1_000 });
    const begun = access.clock();
    twin.advance({ ms: 1_000 });
    await raisedAt(() => begun);
    expect(await isDue()).toBe(true);
  });

  test("is known to the next look, which leaves the product at rest", async () => {
    await raisedAt(access.clock);
    await goods.check();
    expect(await isDue()).toBe(false);
  });
});

describe("nobody waits for each other for ever", () => {
  test("a person who sets a price and the gate that lets the bot's out", async () => {
    await goods.check();
    const row = await hold(db, (tx) =>
      tx.select().from(products).where(eq(products.id, goods.productId)).for("update"),
    );
    const hand = byHand();
    await waiting(db, 1);
    const publishing = goods.publish();
    await waiting(db, 2);
    await row.release();
    await Promise.all([hand, publishing]);
    expect(await states()).toEqual(["bot superseded", "manual sent"]);
  });

  test("a sync that meets a product and the reading back of its price", async () => {
    await goods.check();
    await goods.publish();
    twin.advance({ ms: 10_000 });
    const row = await hold(db, (tx) =>
      tx.select().from(products).where(eq(products.id, goods.productId)).for("update"),
    );
    const sync = syncNow(office, storeId);
    await waiting(db, 1);
    const reading = confirmStore(access, storeId);
    await waiting(db, 2);
    await row.release();
    await Promise.all([sync, reading]);
    expect(await states()).toEqual(["bot confirmed"]);
  });

  test("a person who connects the login again and the gate that takes from its budget", async () => {
    await goods.check();
    const settings = await hold(db, (tx) => tx.select().from(workspace).for("update"));
    const publishing = goods.publish();
    await waiting(db, 1);
    const connecting = connectStores(access, owner, smallShop);
    await waiting(db, 2);
    await settings.release();
    await Promise.all([publishing, connecting]);
    expect(await states()).toEqual(["bot sent"]);
  });
});
