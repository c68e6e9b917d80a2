import { expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import type { listOrders } from "@/lib/kaspi/shop-orders";
import { readWindow } from "@/lib/orders/read-shop";
import { noWait, startStub, transportTo } from "../kaspi/stub-server";
import { testOffice } from "../support/office";

const office = await testOffice();
const from = new Date("2026-11-01T00:00:00Z");
const store = {
  ...{ id: "00000000-0000-4000-8000-000000000000", name: "x", merchantId: "1", accountId: null },
  source: "shop_api" as const,
};

test("a window that holds more than Kaspi lists is read in parts that leave nothing out", async () => {
  const read: [number, number][] = [];
  const stub = await startStub(({ url }) => {
    const { searchParams } = new URL(url, "https://kaspi.kz");
    const ge = Number(searchParams.get("filter[orders][creationDate][$ge]"));
    const le = Number(searchParams.get("filter[orders][creationDate][$le]"));
    const isTooLong = le - ge >= 2 * DAY;
    if (!isTooLong) read.push([ge, le + 1]);
    const meta = { pageCount: isTooLong ? 100 : 0, totalCount: isTooLong ? 12_000 : 0 };
    return { body: JSON.stringify({ data: [], meta }) };
  });
  const shop = { transport: transportTo(stub.url), token: "secret-token", acquireSlot: noWait };
  const ask = <T>(work: (one: Parameters<typeof listOrders>[0]) => Promise<T>) => work(shop);
  const until = later(from, 14 * DAY);
  await readWindow({ access: office.access, ask, store }, { from, until });
  read.sort(([one], [other]) => one - other);
  expect(read[0]?.[0]).toBe(from.getTime());
  expect(read.at(-1)?.[1]).toBe(until.getTime());
  for (const [nth, [begins]] of read.entries())
    if (nth > 0) expect(begins).toBe(read[nth - 1]?.[1]);
  expect(read.length).toBeGreaterThan(7);
});
