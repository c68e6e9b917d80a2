import { randomUUID } from "node:crypto";
import { asc, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { type AuditEntry, audit } from "@/lib/auth/audit";
import { auditLog } from "@/lib/db/schema/workspace";
import { comingFrom } from "@/lib/log/origin";
import { testDatabase } from "../support/database";

const { db } = await testDatabase();

test("many entries are written as each of them would be", async () => {
  const entries = Array.from(
    { length: 120 },
    (_, nth): AuditEntry => ({
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, nth, 123)),
      userId: nth % 2 ? randomUUID() : null,
      storeId: nth % 3 ? randomUUID() : null,
      action: "product.note_changed",
      subjectId: randomUUID(),
      ...(nth % 5 && {
        details: { from: null, to: `"${nth}" \\ '`, list: [1, null, { a: true }] },
      }),
    }),
  );
  const ids = (all: readonly AuditEntry[]) => all.map(({ subjectId }) => subjectId ?? "");
  const written = async (all: readonly AuditEntry[]) => {
    const rows = await db
      .select()
      .from(auditLog)
      .where(inArray(auditLog.subjectId, ids(all)))
      .orderBy(asc(auditLog.at));
    return rows.map(({ id: _id, subjectId: _subject, ...row }) => row);
  };
  const again = entries.map((entry) => ({ ...entry, subjectId: randomUUID() }));
  await comingFrom({ from: "10.0.0.1", requestId: "one request" }, async () => {
    await audit(db, ...entries);
    for (const entry of again) await audit(db, entry);
  });
  expect(await written(entries)).toHaveLength(120);
  expect(await written(entries)).toEqual(await written(again));
});
