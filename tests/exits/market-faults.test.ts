import { beforeEach, describe, expect, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import { createAccess } from "@/lib/exits/access";
import { restExit, welcomeExit } from "@/lib/exits/health-queries";
import { readMarket } from "@/lib/exits/read-market";
import { eventually } from "../support/locks";
import { testOffice } from "../support/office";

const office = await testOffice({ startAt: new Date("2026-03-02T12:00:00Z") });
const { twin } = office;
const { db, clock, vault, hosts } = office.access;
// A process knows of circuits for a quarter of a second what another test has done to them.
const newProcess = () =>
  createAccess({ db, clock, vault, hosts, chromiumPath: null, timeoutMs: 1_000 });
let access = newProcess();
const question = { storeId: null, cardId: "100000000", cityId: "750000000" };
const look = () => readMarket(access, question);
const restsMs = async () =>
  (await db.select().from(exits)).map(
    ({ restingUntil }) => (restingUntil?.getTime() ?? 0) - clock().getTime(),
  );

// A refused read is tried once more through another exit; with one alone it would wait for its rest.
await db.insert(exits).values({ name: "second", readsPerSecond: 1e6 });

beforeEach(async () => {
  access = newProcess();
  twin.clearFaults();
  twin.forgiveLimits();
  twin.forgetRequests();
  await db.delete(kaspiCircuits);
  const rested = { restingUntil: null, restReason: null, restsInRow: 0, nextSlotAt: null };
  await db.update(exits).set(rested);
});

type Fault = Parameters<typeof twin.setFault>[0];

const faults: [Fault, string][] = [
  [{ name: "storefront_403" }, "address_refused"],
  [{ name: "storefront_405" }, "address_refused"],
  [{ name: "storefront_html" }, "address_refused"],
  [{ name: "storefront_429" }, "throttled"],
  [{ name: "connection_reset" }, "unreachable"],
  [{ name: "answer_lost" }, "unreachable"],
  [{ name: "half_answer" }, "unreachable"],
  [{ name: "server_error" }, "unreachable"],
  [{ name: "tls_alert" }, "malformed"],
  [{ name: "slow_loris", ms: 10 }, "unreachable"],
  [{ name: "slow", ms: 3_000 }, "unreachable"],
  [{ name: "junk" }, "malformed"],
  [{ name: "gzip_bomb" }, "malformed"],
  [{ name: "garbled_json" }, "malformed"],
  [{ name: "wrong_types" }, "malformed"],
  [{ name: "wrong_types", by: 3 }, "malformed"],
];

test.each(faults)("%j leaves the market unseen, never empty: %s", async (fault, why) => {
  twin.setFault(fault);
  expect(await look()).toEqual({ kind: "unseen", why });
  // What answers late has been counted, too: it would count in the next test.
  await eventually(async () => {
    await db.select().from(exits);
    return (twin.requests().offers?.total ?? 0) > 0;
  });
});

describe("an address that is refused", () => {
  test("rests 15 seconds, then twice as long each time, until it is answered again", async () => {
    const rests: number[] = [];
    for (let nth = 0; nth < 7; nth += 1) {
      twin.setFault({ name: "storefront_403", times: 2 });
      expect(await look()).toEqual({ kind: "unseen", why: "address_refused" });
      const [one = 0, other = 0] = await restsMs();
      expect(one).toBe(other);
      rests.push(one / SECOND);
      twin.advance({ ms: one });
    }
    expect(rests).toEqual([15, 30, 60, 120, 240, 480, 600]);
    expect(await look()).toMatchObject({ kind: "seen" });
    expect(await look()).toMatchObject({ kind: "seen" });
    expect((await db.select().from(exits)).map(({ restsInRow }) => restsInRow)).toEqual([0, 0]);
  });

  test("counts refusals of calls that were under way together as one", async () => {
    twin.setFault({ name: "storefront_403", times: 6 });
    const sleep = () => Promise.reject(new Error("it would wait for a rest to end"));
    const together = [1, 2, 3].map(() => readMarket({ ...access, sleep }, question));
    await Promise.allSettled(together);
    expect(await restsMs()).toEqual([15 * SECOND, 15 * SECOND]);
  });

  test("rests on when an answer comes that was under way before", async () => {
    const [exit] = await db.select().from(exits);
    const id = exit?.id ?? "";
    const rest = await restExit(db, id, "kaspi_address_refused", 15 * SECOND, clock());
    expect(await welcomeExit(db, id, clock())).toBe(false);
    expect(Math.max(...(await restsMs()))).toBe(rest);
    twin.advance({ ms: rest });
    expect(await welcomeExit(db, id, clock())).toBe(true);
  });

  test.each([
    ["in seconds", null],
    ["by a clock three hours ahead", 3 * 60 * 60 * SECOND],
    ["by a clock that is a day behind", -24 * 60 * 60 * SECOND],
  ])("rests as long as Kaspi asks, %s", async (_, by) => {
    twin.setFault({ name: "storefront_429", ms: 40 * SECOND, times: 1 });
    if (by !== null) twin.setFault({ name: "clock_skew", by });
    expect(await look()).toEqual({ kind: "unseen", why: "throttled" });
    const rests = (await restsMs()).filter((ms) => ms > 0);
    expect(rests.map((ms) => Math.round(ms / SECOND))).toEqual([40]);
  });
});

test.each([
  ["at once", 0],
  ["in a second", SECOND],
])("a 429 to come back %s is a rest all the same", async (_, ms) => {
  twin.setFault({ name: "storefront_429", ms, times: 1 });
  expect(await look()).toEqual({ kind: "unseen", why: "throttled" });
  const rests = (await restsMs()).filter((rest) => rest > 0);
  expect(rests.map((rest) => rest >= 15 * SECOND)).toEqual([true]);
});

test("without an answer for long the reads stand aside instead of queueing up, and come back", async () => {
  twin.setFault({ name: "connection_reset" });
  for (let nth = 0; nth < 20; nth += 1) expect((await look()).kind).toBe("unseen");
  // Five through each of the two.
  expect(twin.requests().offers?.total).toBe(10);
  twin.clearFaults();
  twin.advance({ ms: 20 * SECOND });
  expect(await look()).toMatchObject({ kind: "seen" });
});
