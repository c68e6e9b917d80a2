import { beforeEach, describe, expect, test } from "vitest";
import { isAppError } from "@/lib/core/errors";
import { MINUTE, SECOND } from "@/lib/core/time";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import { createAccess, type KaspiAccess } from "@/lib/exits/access";
import { pauseAfter, restAfter } from "@/lib/exits/circuit-rules";
import { cabinetWay } from "@/lib/exits/way";
import { cabinetHeaders } from "@/lib/kaspi/headers";
import { testOffice } from "../support/office";

// A clock that stands: pauses are exact.
const office = await testOffice({ startAt: new Date("2026-03-02T12:00:00Z") });
const { twin } = office;
const { db, clock, vault, hosts } = office.access;

/** A process of its own: it knows of others by Postgres alone. */
const newProcess = () =>
  createAccess({ db, clock, vault, hosts, chromiumPath: null, timeoutMs: 2_000 });

const url = new URL("https://mc.shop.kaspi.kz/s/m");

/** One call; what it came to: its status, or the key of the failure. */
async function call(access: KaspiAccess, at = url): Promise<string> {
  const { transport } = await cabinetWay(access, null);
  const request = { url: at, method: "GET" as const, headers: cabinetHeaders, maxBytes: 10_000 };
  try {
    return String((await transport.send(request)).status);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.key;
  }
}

const asked = () => twin.requests().merchants?.total ?? 0;
const circuit = async () => (await db.select().from(kaspiCircuits))[0];

let [here, there] = [newProcess(), newProcess()];
beforeEach(async () => {
  twin.clearFaults();
  twin.forgetRequests();
  await db.delete(kaspiCircuits);
  [here, there] = [newProcess(), newProcess()];
});

async function open(): Promise<void> {
  twin.setFault({ name: "server_error" });
  for (let nth = 0; nth < 5; nth += 1) expect(await call(here)).toBe("502");
}

describe("a circuit", () => {
  test("opens after five failures in a row, and Kaspi is left alone", async () => {
    await open();
    expect(await call(here)).toBe("circuit_open");
    expect(asked()).toBe(5);
    expect(await circuit()).toMatchObject({ state: "open", lastFailure: "502" });
  });

  test("is open for every process", async () => {
    await open();
    expect(await call(there)).toBe("circuit_open");
    expect(asked()).toBe(5);
  });

  test("counts the failures of all processes together", async () => {
    twin.setFault({ name: "connection_reset" });
    for (const process of [here, there, here, there, here]) await call(process);
    expect(await call(newProcess())).toBe("circuit_open");
    expect(asked()).toBe(5);
  });

  test("is of one endpoint: the others are asked as before", async () => {
    await open();
    twin.clearFaults();
    const list = new URL("https://mc.shop.kaspi.kz/bff/offer-view/list?m=1");
    expect(await call(here, list)).toBe("401");
    expect(await call(here)).toBe("circuit_open");
  });

  test("lets one call of all processes try after its pause, and closes when it is answered", async () => {
    await open();
    twin.clearFaults();
    twin.advance({ ms: 15 * SECOND });
    twin.setFault({ name: "slow", ms: 100, times: 1 });
    const fresh = [here, there, newProcess()];
    const trials = await Promise.all(fresh.map((process) => call(process)));
    expect(trials.sort()).toEqual(["401", "circuit_open", "circuit_open"]);
    expect(asked()).toBe(6);
    expect(await circuit()).toMatchObject({ state: "closed", failuresInRow: 0, timesOpened: 0 });
    expect(await call(newProcess())).toBe("401");
  });

  test("stays open for twice as long when the trial fails, within bounds", async () => {
    await open();
    const pauses: number[] = [];
    for (let nth = 0; nth < 8; nth += 1) {
      const { retryAt } = (await circuit()) ?? {};
      twin.advance({ ms: (retryAt?.getTime() ?? 0) - clock().getTime() });
      expect(await call(newProcess())).toBe("502");
      pauses.push(((await circuit())?.retryAt?.getTime() ?? 0) - clock().getTime());
    }
    const minutes = pauses.map((ms) => ms / MINUTE);
    expect(minutes).toEqual([0.5, 1, 2, 4, 8, 10, 10, 10]);
  });

  test("forgets failures that were not in a row", async () => {
    for (let nth = 0; nth < 12; nth += 1) {
      twin.setFault({ name: "server_error", times: nth % 4 === 3 ? 0 : 1 });
      expect(await call(here)).not.toBe("circuit_open");
    }
  });

  test("holds nothing against Kaspi for saying no", async () => {
    twin.setFault({ name: "session_401" });
    for (let nth = 0; nth < 8; nth += 1) expect(await call(here)).toBe("401");
    expect(await circuit()).toMatchObject({ state: "closed", failuresInRow: 0 });
  });
});

test("a server that trickles, floods or speaks no HTTP is given up in time and bounded", async () => {
  const quick = createAccess({ db, clock, vault, hosts, chromiumPath: null, timeoutMs: 1_000 });
  const outcomes: Record<string, string> = {};
  for (const name of ["slow_loris", "junk", "gzip_bomb", "tls_alert"] as const) {
    await db.delete(kaspiCircuits);
    twin.clearFaults();
    twin.setFault({ name, ms: 20 });
    outcomes[name] = await call(quick);
  }
  expect(outcomes).toEqual({
    slow_loris: "kaspi_timeout",
    junk: "kaspi_malformed",
    gzip_bomb: "kaspi_malformed",
    tls_alert: "kaspi_malformed",
  });
});

test("a Kaspi that hangs takes no more than its seats, and the office goes on", async () => {
  twin.setFault({ name: "slow", ms: 1_000 });
  const calls = Array.from({ length: 60 }, () => call(here));
  while (asked() === 0) await db.select().from(exits);
  const began = performance.now();
  for (let nth = 0; nth < 20; nth += 1) await db.select().from(exits);
  expect(performance.now() - began).toBeLessThan(1_000);
  // They were all sent at once, had they no seats: 16 at a time it takes four seconds.
  await Promise.all(calls);
  expect(performance.now() - began).toBeGreaterThan(2_500);
});

test("pauses and rests double, and end somewhere", () => {
  expect([1, 2, 3, 30].map(pauseAfter)).toEqual([15, 30, 60, 600].map((s) => s * SECOND));
  expect([0, 1, 2, 30].map((rests) => restAfter(rests, 15 * SECOND))).toEqual(
    [15, 30, 60, 600].map((s) => s * SECOND),
  );
  expect(restAfter(3, 30 * MINUTE)).toBe(30 * MINUTE);
});
