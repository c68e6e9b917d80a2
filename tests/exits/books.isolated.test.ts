import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/core/errors";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import { createAccess } from "@/lib/exits/access";
import { channelsOf } from "@/lib/exits/channel-queries";
import { throughChannel } from "@/lib/exits/channels";
import { countCall, flushFigures } from "@/lib/exits/figures";
import { listExits } from "@/lib/exits/list-exits";
import { ensureDirectExit } from "@/lib/exits/queries";
import { readMarket } from "@/lib/exits/read-market";
import { seated, seatsAt } from "@/lib/exits/seats";
import { cabinetWay } from "@/lib/exits/way";
import { cabinetHeaders } from "@/lib/kaspi/headers";
import { testOffice } from "../support/office";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const url = new URL("https://mc.shop.kaspi.kz/s/m");
const request = { url, method: "GET" as const, headers: cabinetHeaders, maxBytes: 10_000 };
const figures = async () => (await listExits(access))[0];

beforeEach(async () => {
  twin.clearFaults();
  await flushFigures(access);
  await db.delete(exits);
  await ensureDirectExit(db);
});

describe("what goes wrong with our books", () => {
  test("takes the place of no answer of Kaspi's", async () => {
    const { transport } = await cabinetWay(access, null);
    twin.setFault({ name: "server_error" });
    // Its circuit cannot be noted any more.
    await db.delete(exits);
    expect(await transport.send(request)).toMatchObject({ status: 502 });
    const lost = createAccess({ ...access, clock: () => new Date(Number.NaN) });
    const channel = { name: "prices" as const, of: randomUUID() };
    expect(await throughChannel(lost, channel, async () => "sent")).toBe("sent");
  });

  test("takes the place of no failure of Kaspi's", async () => {
    const { transport } = await cabinetWay(access, null);
    twin.setFault({ name: "connection_reset" });
    await db.delete(exits);
    await expect(transport.send(request)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
  });

  test("loses no figures: they are written with the next ones", async () => {
    const exitId = (await figures())?.id ?? "";
    await countCall(access, exitId, { ms: 10, answered: true });
    await db.execute(sql`alter table exit_hours rename to away`);
    await expect(flushFigures(access)).rejects.toThrow();
    await db.execute(sql`alter table away rename to exit_hours`);
    await countCall(access, exitId, { ms: 0, answered: false });
    expect(await figures()).toMatchObject({ requests: 2, failures: 1 });
  });

  test("loses none of the others' figures when an exit has been removed", async () => {
    const exitId = (await figures())?.id ?? "";
    for (const id of [randomUUID(), exitId])
      await countCall(access, id, { ms: 10, answered: true });
    expect(await figures()).toMatchObject({ requests: 1 });
  });
});

test.each(["storefront_403", "storefront_405", "storefront_429", "storefront_html"] as const)(
  "an address that Kaspi refuses brings failures: %s",
  async (name) => {
    twin.setFault({ name, times: 1 });
    const sleep = () => Promise.reject(new Error("it would wait for the rest to end"));
    const question = { storeId: null, cardId: "100000000", cityId: "750000000" };
    await Promise.allSettled([readMarket({ ...access, sleep }, question)]);
    expect(await figures()).toMatchObject({ failures: 1 });
  },
);

test("waiting for Kaspi to allow reads again says nothing about Kaspi", async () => {
  const of = randomUUID();
  const refused = throughChannel(access, { name: "list", of }, async () => {
    throw new AppError("kaspi_throttled", "reads_throttled");
  });
  await expect(refused).rejects.toMatchObject({ key: "reads_throttled" });
  expect(await channelsOf(db, [of])).toEqual([]);
});

describe("seats", () => {
  /** Calls that hang in every seat of an exit, until they are let go. */
  function fill(exitId: string) {
    let release = () => {};
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    const calls = Array.from({ length: seatsAt.cabinet }, () =>
      seated(access, { host: "cabinet", exitId }, undefined, () => hanging),
    );
    return async () => {
      release();
      await Promise.all(calls);
    };
  }

  test("are an exit's own: one that hangs takes none of another's", async () => {
    const release = fill(randomUUID());
    const other = { host: "cabinet" as const, exitId: randomUUID() };
    expect(await seated(access, other, undefined, async () => "answer")).toBe("answer");
    await release();
  });

  test("are not waited for where nobody may ask", async () => {
    const { exitId, transport } = await cabinetWay(access, null);
    const release = fill(exitId);
    const retryAt = new Date(access.clock().getTime() + 60_000);
    const open = { exitId, endpoint: "merchants", state: "open" as const, retryAt };
    await db.delete(kaspiCircuits);
    await db.insert(kaspiCircuits).values(open);
    access.memory.delete("circuits");
    const began = performance.now();
    await expect(transport.send(request)).rejects.toMatchObject({ key: "circuit_open" });
    expect(performance.now() - began).toBeLessThan(5_000);
    await release();
  });

  test("are not waited for by a price, which someone may stop meanwhile", async () => {
    const room = { host: "cabinet" as const, exitId: randomUUID() };
    const release = fill(room.exitId);
    const read = seated(access, room, undefined, async () => "answer");
    const write = seated(access, { ...room, isWrite: true }, undefined, async () => "sent");
    await expect(Promise.race([read, write])).rejects.toMatchObject({ key: "too_many_calls" });
    await release();
    expect(await read).toBe("answer");
  });

  test("are counted once, however often the module is bundled", async () => {
    const exitId = randomUUID();
    const release = fill(exitId);
    vi.resetModules();
    const bundled = await import("@/lib/exits/seats");
    expect(bundled.seated).not.toBe(seated);
    const stop = new AbortController();
    const room = { host: "cabinet" as const, exitId };
    const late = bundled.seated(access, room, stop.signal, async () => "answer");
    stop.abort(new Error("no seat was free"));
    await expect(late).rejects.toThrow("no seat was free");
    await release();
  });
});
