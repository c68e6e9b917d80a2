import { beforeEach, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { shopPaces } from "@/lib/db/schema/orders";
import { workspace } from "@/lib/db/schema/workspace";
import { postponeCalls, takeCall } from "@/lib/orders/pace-queries";
import { testOffice } from "../support/office";

const { access } = await testOffice();
const { db } = access;
const now = new Date("2026-11-22T06:00:00Z");
await db.update(workspace).set({ shopCallsPerSecond: 5, shopCallsPerExit: 8 });

beforeEach(() => db.delete(shopPaces));

async function waits(calls: [token: string, exit: string][]): Promise<number[]> {
  const taken: number[] = [];
  for (const [token, exit] of calls) {
    const at = await takeCall(db, { token, exit }, now);
    taken.push(at.getTime() - now.getTime());
  }
  return taken;
}

test("calls with one token keep its pace, through whatever exits", async () => {
  expect(
    await waits([
      ["a", "x"],
      ["a", "x"],
      ["a", "y"],
    ]),
  ).toEqual([0, 200, 400]);
});

test("stores with tokens of their own share the pace of the exit they leave by", async () => {
  expect(
    await waits([
      ["a", "x"],
      ["b", "x"],
      ["c", "x"],
      ["d", "y"],
    ]),
  ).toEqual([0, 125, 250, 0]);
});

test("a token that Kaspi wants away stays away, the others do not", async () => {
  await postponeCalls(db, "a", later(now, MINUTE));
  expect(
    await waits([
      ["a", "x"],
      ["b", "y"],
    ]),
  ).toEqual([MINUTE, 0]);
});

test("calls at the same moment all get one of their own", async () => {
  const taken = await Promise.all(
    Array.from({ length: 20 }, () => takeCall(db, { token: "a", exit: "x" }, now)),
  );
  expect(new Set(taken.map((at) => at.getTime())).size).toBe(20);
});
