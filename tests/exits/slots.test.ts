import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createVault } from "@/lib/auth/vault";
import { connect } from "@/lib/db/client";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import { createAccess, type KaspiAccess } from "@/lib/exits/access";
import type { ExitSlot } from "@/lib/exits/queries";
import { nextExitSlot } from "@/lib/exits/slots";
import { testDatabase } from "../support/database";
import { hold, waiting } from "../support/locks";

const { db, url } = await testDatabase();
const now = new Date("2026-03-02T12:00:00Z");
const hosts = { cabinet: "", id: "", storefront: "", images: "" };
const vault = createVault(Buffer.alloc(32, "test key").toString("base64"));

/** The office of a process of its own, with its own connections. */
function processOf(ownClock = () => now): KaspiAccess {
  const database = connect(url, 4);
  afterAll(() => database.sql.end());
  return createAccess({ db: database.db, clock: ownClock, vault, hosts, chromiumPath: null });
}

const [here, there] = [processOf(), processOf()];
const WAIT_MS = 30_000;

/** So many readers at once. */
const ask = (access: KaspiAccess, readers: number, waitMs = WAIT_MS) =>
  Promise.all(Array.from({ length: readers }, () => nextExitSlot(access, waitMs)));
const granted = (slots: (ExitSlot | null)[]) => slots.filter((slot) => slot !== null);
const seconds = (slots: (ExitSlot | null)[]) =>
  granted(slots).map(({ at }) => (at.getTime() - now.getTime()) / 1_000);
const nextSlotAt = async () => (await db.select().from(exits)).map((exit) => exit.nextSlotAt);

async function exitsAt(...paces: number[]): Promise<string[]> {
  const rows = paces.map((readsPerSecond) => ({ name: `${readsPerSecond}`, readsPerSecond }));
  const made = await db.insert(exits).values(rows).returning({ id: exits.id });
  return made.map(({ id }) => id);
}

beforeEach(async () => {
  await db.delete(exits);
});

describe("readers who ask at once", () => {
  test("are given moments one gap apart, whichever process they ask from", async () => {
    await exitsAt(8);
    // Both have begun before either may take: the second must not go by what it saw then.
    const exit = await hold(db, (tx) => tx.select().from(exits).for("update"));
    const asked = [ask(here, 9), ask(there, 13)];
    await waiting(db, 2);
    await exit.release();
    const slots = (await Promise.all([...asked, ask(here, 20), ask(there, 68)])).flat();
    const moments = seconds(slots).sort((a, b) => a - b);
    expect(moments).toEqual(Array.from({ length: 110 }, (_, nth) => nth / 8));
  });

  test("in one process ask Postgres together", async () => {
    await exitsAt(8);
    let statements = 0;
    const counted = () => {
      statements += 1;
      return now;
    };
    await ask({ ...here, clock: counted }, 40);
    expect(statements).toBe(2);
  });

  test("are spread over the exits by their pace, each exit keeping its own", async () => {
    const [fast, slow] = await exitsAt(8, 2);
    const both = (await Promise.all([ask(here, 20), ask(there, 20)])).flat();
    const of = (exitId = "") => seconds(both.filter((slot) => slot?.exitId === exitId)).sort();
    expect([of(fast).length, of(slow).length]).toEqual([32, 8]);
    expect(of(slow)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
  });
});

test("an exit whose circuit is on trial is given to one reader, whose answer the others wait for", async () => {
  const [tried = ""] = await exitsAt(8);
  const open = { exitId: tried, endpoint: "offers", state: "open" as const, retryAt: now };
  await db.insert(kaspiCircuits).values(open);
  expect(granted(await ask(here, 8))).toHaveLength(1);
  await exitsAt(8);
  const exitIds = granted(await ask(here, 8)).map(({ exitId }) => exitId);
  expect(exitIds.filter((exitId) => exitId === tried).length).toBeLessThanOrEqual(1);
  expect(exitIds).toHaveLength(8);
});

test("no slot is taken that nobody waits for", async () => {
  await exitsAt(8);
  await ask(here, 5);
  expect(await nextSlotAt()).toEqual([new Date(now.getTime() + 625)]);
});

test("a reader that has gone before it was served takes none", async () => {
  await exitsAt(8);
  const gone = nextExitSlot(here, WAIT_MS, AbortSignal.abort(new Error("stopped")));
  const [refused, slot] = await Promise.allSettled([gone, nextExitSlot(here, WAIT_MS)]);
  expect(refused).toMatchObject({ status: "rejected", reason: { message: "stopped" } });
  expect(slot).toMatchObject({ status: "fulfilled", value: { at: now } });
});

test("what is not free in time is not taken", async () => {
  await exitsAt(1);
  const slots = await ask(here, 10, 3_000);
  expect(seconds(slots)).toEqual([0, 1, 2, 3]);
  expect(slots.slice(4)).toEqual([null, null, null, null, null, null]);
  expect(await nextSlotAt()).toEqual([new Date(now.getTime() + 4_000)]);
});

test("a rest is waited out, but never an inactive exit", async () => {
  await exitsAt(8);
  await db.update(exits).set({ restingUntil: new Date(now.getTime() + 15_000) });
  expect(seconds(await ask(here, 2))).toEqual([15, 15.125]);
  await db.update(exits).set({ isActive: false });
  expect(await ask(here, 2)).toEqual([null, null]);
});

test("time that nobody used is not made up for", async () => {
  let at = now;
  const access = processOf(() => at);
  await exitsAt(8);
  await ask(access, 3);
  at = new Date(now.getTime() + 60_000);
  expect(seconds(await ask(access, 3))).toEqual([60, 60.125, 60.25]);
});

test("a failure of the database reaches every reader, and the next ones are served", async () => {
  const broken: KaspiAccess = { ...here, clock: () => new Date(Number.NaN) };
  const asked = Array.from({ length: 3 }, () => nextExitSlot(broken, WAIT_MS));
  for (const one of await Promise.allSettled(asked)) expect(one.status).toBe("rejected");
  await exitsAt(8);
  const mended = Object.assign(broken, { clock: () => now });
  expect(seconds(await ask(mended, 1))).toEqual([0]);
});
