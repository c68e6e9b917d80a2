import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import { decisions, ledgerCheckpoints } from "@/lib/db/schema/repricing";
import { forgetOld } from "@/lib/retention/forget-old";
import { livedShop } from "../../support/lived-shop";
import { testOffice } from "../../support/office";

const office = await testOffice();
const { access } = office;
const { db } = access;
const { goods, ledger, verdict } = await livedShop(office);

const sweep = (days: number) =>
  forgetOld(
    { db, clock: () => later(access.clock(), days * DAY) },
    { marketDays: 3_650, historyDays: 3_650, decisionDays: 180 },
    { batch: 3 },
  );

test("a ledger whose oldest decisions were forgotten is whole from its checkpoint on, and goes on from there", async () => {
  await db.update(decisions).set({ state: "confirmed" }).where(eq(decisions.state, "sent"));
  const rows = await ledger();
  const { head } = await verdict();
  await sweep(179);
  expect(await ledger()).toHaveLength(rows.length);

  // One that still waits for a person keeps itself and all that follows.
  const open = rows[4]?.id ?? "";
  await db.update(decisions).set({ state: "frozen" }).where(eq(decisions.id, open));
  await sweep(181);
  expect((await ledger()).map(({ seq }) => seq)[0]).toBe(5);
  expect(await verdict()).toMatchObject({ flaws: [], prunedTo: 4 });
  await db.update(decisions).set({ state: "none" }).where(eq(decisions.id, open));

  await sweep(181);
  expect(await ledger()).toEqual([]);
  expect(await verdict()).toMatchObject({ flaws: [], head, prunedTo: head.seq });
  const second = goods[1];
  second?.rivals(Math.round(second.kaspiPrice() * 0.98));
  await second?.cycle();
  expect((await verdict()).head.seq).toBe(head.seq + 1);
  expect((await verdict()).flaws).toEqual([]);
  expect(await second?.product()).toMatchObject({ lastDecision: { reason: expect.any(String) } });

  await db.update(ledgerCheckpoints).set({ hash: "0".repeat(64) });
  expect((await verdict()).flaws).toMatchObject([{ why: "previous" }]);
});
