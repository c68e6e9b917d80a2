import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { tableImports } from "@/lib/db/schema/table-files";
import { auditLog } from "@/lib/db/schema/workspace";
import { receiveTable } from "@/lib/table-files/receive-table";
import { testOffice } from "../support/office";
import { typedTable } from "../support/tables";

const { access, owner, stranger } = await testOffice();
const { db, clock } = access;

const table = {
  ...{ fileName: "a\u0000b.csv", storeId: null },
  file: typedTable("Артикул;Заметка", "no-such;x"),
};
const look = (caller = owner, now = clock()) => receiveTable(db, caller, table, now);

test("a person looks at so many tables in a while, and the newest few of them are kept", async () => {
  const at = (minutes: number) => later(clock(), minutes * (MINUTE / 10));
  const ids: string[] = [];
  for (let nth = 0; nth < 20; nth += 1) ids.push(await look(owner, at(nth)));
  await expect(look(owner, at(20))).rejects.toMatchObject({
    ...{ kind: "rate_limited", key: "too_many_tables" },
  });
  await look(stranger, at(20));
  const ofOwner = eq(tableImports.userId, owner.id);
  const kept = await db.select().from(tableImports).where(ofOwner).orderBy(tableImports.seenAt);
  expect(kept.map(({ id }) => id)).toEqual(ids.slice(-5));
  await db.update(tableImports).set({ state: "applied" }).where(ofOwner);
  for (let nth = 0; nth < 20; nth += 1) {
    await look(owner, at(200 + nth));
    await db.update(tableImports).set({ state: "applied" }).where(ofOwner);
  }
  await look(owner, at(400));
  expect(await db.$count(tableImports, and(ofOwner, eq(tableImports.state, "applied")))).toBe(20);
  const looked = and(eq(auditLog.action, "table.looked_at"), eq(auditLog.userId, owner.id));
  expect(await db.$count(auditLog, looked)).toBe(41);
});
