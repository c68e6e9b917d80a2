import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions } from "@/lib/db/schema/repricing";
import { repriceAll, repriceDue } from "@/lib/repricing/check/reprice-store";
import { demoBots } from "../support/demo-bots";
import { testOffice } from "../support/office";

const office = await testOffice();
const { access } = office;
const { db } = access;
const { storeId, bots, afresh } = await demoBots(office);

beforeEach(afresh);

const ledger = () =>
  db
    .select({ productId: decisions.productId, seq: decisions.seq })
    .from(decisions)
    .where(eq(decisions.storeId, storeId))
    .orderBy(asc(decisions.seq));

test("a run stopped in the middle keeps what it saved, and the next one does the rest once", async () => {
  const stop = new AbortController();
  const stopped = repriceAll(access, storeId, {
    trigger: "command",
    signal: stop.signal,
    onSaved: () => stop.abort(new Error("shutting down")),
  });
  await expect(stopped).rejects.toThrow("shutting down");
  const before = (await ledger()).length;
  expect(before).toBeGreaterThanOrEqual(40);
  expect(before).toBeLessThan(bots.length);

  let checked = 0;
  for (let counts = await next(); counts; counts = await next()) checked += counts.checked;
  expect(checked).toBe(bots.length - before);
  const after = await ledger();
  expect(after.map(({ seq }) => seq)).toEqual(after.map((_, nth) => nth + 1));
  expect(new Set(after.map(({ productId }) => productId)).size).toBe(bots.length);
  expect(after).toHaveLength(bots.length);
});

const next = () => repriceDue(access, storeId, { trigger: "schedule" });

test("a run over all products looks at each once, not one twice", async () => {
  const looked: string[] = [];
  const counts = await repriceAll(access, storeId, {
    trigger: "command",
    onSaved: (checks) => looked.push(...checks.map(({ subject }) => subject.productId)),
  });
  expect(counts?.checked).toBe(bots.length);
  expect(new Set(looked).size).toBe(looked.length);
});
