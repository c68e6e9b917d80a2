import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { auditLog } from "@/lib/db/schema/workspace";
import { checkNow } from "@/lib/repricing/check/check-now";
import { type Goods, goodsOnSale } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
let goods: Goods[] = [];

beforeAll(async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  goods = await goodsOnSale(office, storeId, merchantId);
});

const look = (nth: number, caller = owner) =>
  checkNow(access, caller, goods[nth]?.productId ?? "", null);

const asked = () => access.db.select().from(auditLog).where(eq(auditLog.action, "product.checked"));

test("many who ask for the same product at once get one look at its market", async () => {
  twin.advance({ ms: 2 * MINUTE });
  const before = (await asked()).length;
  const checks = await Promise.all(Array.from({ length: 30 }, () => look(0)));
  expect(new Set(checks).size).toBe(1);
  expect(checks[0]?.subject.productId).toBe(goods[0]?.productId);
  expect(await asked()).toHaveLength(before + 1);
  expect(await look(0)).not.toBe(checks[0]);
});

test("twenty looks a minute are enough for one person, however they are asked for", async () => {
  twin.advance({ ms: 2 * MINUTE });
  const before = (await asked()).length;
  const seen = await Promise.allSettled(goods.slice(0, 25).map((_, nth) => look(nth)));
  const refused = seen.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(seen.length - 20);
  for (const one of refused)
    expect(one).toMatchObject({ reason: { kind: "rate_limited", key: "too_many_checks" } });
  expect(await asked()).toHaveLength(before + 20);
  twin.advance({ ms: MINUTE });
  expect(await look(0)).not.toBeNull();
});

test("somebody else's product is not looked at, even while it is being looked at", async () => {
  twin.advance({ ms: 2 * MINUTE });
  const going = look(1);
  await expect(look(1, stranger)).rejects.toMatchObject({ kind: "not_found" });
  await going;
});
