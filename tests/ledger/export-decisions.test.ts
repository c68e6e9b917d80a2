import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { auditLog } from "@/lib/db/schema/workspace";
import { ledgerSchema } from "@/lib/ledger/address";
import { exportDecisions } from "@/lib/ledger/export-decisions";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "../support/database";
import { ledgerNow, shopWithLedger } from "../support/ledger";

const { db } = await testDatabase();

describe("a file of decisions", () => {
  let mine: Awaited<ReturnType<typeof shopWithLedger>>;
  let foreign: Awaited<ReturnType<typeof shopWithLedger>>;

  beforeAll(async () => {
    await bindToKaspi(db, "twin");
    mine = await shopWithLedger(db, "mine");
    foreign = await shopWithLedger(db, "foreign");
    const product = await mine.product({ name: '=1+1 Чайник "люкс"', sku: "K-1" });
    await mine.decide(product);
    await mine.decide(product, {
      kind: "hold",
      reason: "already_first",
      price: null,
      state: "none",
    });
    await foreign.decide(await foreign.product({ name: "Чужой" }));
  });

  const csv = async (asked: Record<string, string> = {}, caller = mine.member, now = ledgerNow) => {
    const query = ledgerSchema.parse(asked);
    const file = await exportDecisions(db, caller, { query, format: "csv", locale: "ru", now });
    return (await new Response(file).text()).split("\r\n");
  };

  it("holds what is chosen and nothing of others", async () => {
    const lines = await csv({ kind: "change" });
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('"Время";"Магазин";"Товар"');
    expect(lines[1]).toContain(`"'=1+1 Чайник ""люкс"""`);
    expect(lines[1]).toContain("2026-11-21 17:00:00");
    expect(lines[1]).toContain(";1100;990;-110;-10;");
    expect(lines.join()).not.toContain("Чужой");
    expect(await csv({ store: foreign.storeId })).toHaveLength(2);
  });

  it("is written down, and is not given more than ten times in ten minutes", async () => {
    const { member } = await shopWithLedger(db, "eager");
    for (let nth = 0; nth < 10; nth += 1) await csv({}, member);
    await expect(csv({}, member)).rejects.toMatchObject({
      kind: "rate_limited",
      key: "too_many_exports",
    });
    await csv({}, mine.member);
    await csv({}, member, later(ledgerNow, 11 * MINUTE));
    const taken = await db.select().from(auditLog).where(eq(auditLog.action, "decisions.exported"));
    expect(taken.filter(({ userId }) => userId === member.id)).toHaveLength(11);
  });

  it("is written down of a store only for those who see the store", async () => {
    const { member } = await shopWithLedger(db, "nosy");
    await csv({ store: foreign.storeId }, member);
    await csv({ store: foreign.storeId }, foreign.member);
    const taken = await db.select().from(auditLog).where(eq(auditLog.action, "decisions.exported"));
    const storesBy = (userId: string) =>
      taken.filter((entry) => entry.userId === userId).map(({ storeId }) => storeId);
    expect(storesBy(member.id)).toEqual([null]);
    expect(storesBy(foreign.member.id)).toEqual([foreign.storeId]);
  });

  it("is not given more often to many who ask at once", async () => {
    const { member } = await shopWithLedger(db, "hasty");
    const asked = await Promise.allSettled(Array.from({ length: 15 }, () => csv({}, member)));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  });
});
