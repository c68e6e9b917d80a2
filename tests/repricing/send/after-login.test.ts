import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import { kaspiLogins } from "@/lib/db/schema/kaspi";
import { loginBreaks } from "@/lib/db/schema/logins";
import { decisions } from "@/lib/db/schema/repricing";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";
import { connectedStore, smallShop } from "../../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const shelf = await fullShelf(office);
const LONG = 50 * MINUTE;

beforeEach(async () => {
  await db.delete(loginBreaks);
  await db.delete(decisions);
  await db.update(kaspiLogins).set({ writesBlockedUntil: null });
});

/** A price that a person has typed while there is none to send it with. */
async function typed() {
  const goods = shelf.take();
  const price = tenge(goods.kaspiPrice() - 5);
  await setPriceByHand(db, owner, goods.productId, { price, hold: false, confirm: false }, clock());
  return { goods, price };
}

const why = async (of: { history(): Promise<{ stateReason: string | null }[]> }) =>
  (await of.history()).at(-1)?.stateReason;

test("a price that waited for the login leaves as soon as its person has logged in", async () => {
  const { goods, price } = await typed();
  twin.expireSessions();
  const until = later(clock(), LONG);
  await db.insert(loginBreaks).values({ login: smallShop.email, by: "closed", until, times: 6 });
  await goods.publish();
  expect(await why(goods)).toBe("kaspi_session_expired");
  await connectedStore(office);
  expect(await why(goods)).toBeNull();
  await goods.publish();
  twin.advance({ ms: MINUTE });
  expect(goods.kaspiPrice()).toBe(price);
});

test("a price that waits for something else goes on waiting for it", async () => {
  const { goods } = await typed();
  const blocked = { stateReason: "rate_budget_deferred", notBefore: later(clock(), LONG) };
  await db.update(decisions).set(blocked).where(eq(decisions.productId, goods.productId));
  await connectedStore(office);
  expect((await goods.history()).at(-1)).toMatchObject(blocked);
});
