import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "@/lib/core/time";
import { orderReads } from "@/lib/db/schema/orders";
import { auditLog } from "@/lib/db/schema/workspace";
import { historyForm } from "@/lib/orders/form-model";
import { historyDaysOf, setHistoryDays } from "@/lib/orders/history-queries";
import { testOffice } from "../support/office";
import { readOrdersNow, storeWithOrders } from "../support/orders";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
const shop = await storeWithOrders(office);
const { merchantUid, storeId } = shop;

test("how far back orders are read is chosen, and what is older comes then", async () => {
  const { now } = twin.now();
  const archived = { merchantUid, state: "ARCHIVE", status: "COMPLETED" };
  const old = twin.addOrder({ ...archived, createdAt: now - 500 * DAY });
  await readOrdersNow(office, storeId);
  expect(await shop.orders()).toHaveLength(0);
  expect(await historyDaysOf(db, owner, storeId)).toBe(365);
  await setHistoryDays(db, owner, { storeId, days: 730 }, clock());
  expect(await historyDaysOf(db, owner, storeId)).toBe(730);
  await readOrdersNow(office, storeId);
  expect(await shop.order(old.code)).toMatchObject({ tab: "archive" });
  await setHistoryDays(db, owner, { storeId, days: 30 }, clock());
  await readOrdersNow(office, storeId);
  expect(await shop.orders()).toHaveLength(1);
  const entries = await db
    .select({ details: auditLog.details })
    .from(auditLog)
    .where(eq(auditLog.action, "store.order_history_changed"));
  expect(entries.map(({ details }) => details)).toEqual(
    expect.arrayContaining([
      { before: 365, after: 730 },
      { before: 730, after: 30 },
    ]),
  );
  expect(await db.$count(orderReads)).toBe(1);
});

test("only what can be chosen is taken, and a stranger finds no store", async () => {
  expect(historyForm.safeParse({ storeId, days: "365" }).success).toBe(true);
  for (const days of ["0", "-1", "366", "1e9", ""])
    expect(historyForm.safeParse({ storeId, days }).success).toBe(false);
  await expect(setHistoryDays(db, stranger, { storeId, days: 30 }, clock())).rejects.toMatchObject({
    kind: "not_found",
  });
});
