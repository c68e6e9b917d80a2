import { beforeEach, expect, test } from "vitest";
import { MINUTE, SECOND } from "@/lib/core/time";
import { kaspiLogins } from "@/lib/db/schema/kaspi";
import { refreshPoints } from "@/lib/stores/refresh-points";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice({ startAt: new Date("2026-03-02T12:00:00Z") });
const { access, owner, twin } = office;
const { storeId } = await connectedStore(office);

const asked = () => twin.requests().list?.total ?? 0;
const sync = () => syncNow(office, storeId).catch((error: unknown) => error);

beforeEach(async () => {
  twin.clearFaults();
  await access.db.update(kaspiLogins).set({ nextReadSlotAt: null });
});

test("reads that Kaspi throttles stay away as long as it asks, and are not asked meanwhile", async () => {
  twin.setFault({ name: "list_429", ms: 20 * MINUTE, times: 1 });
  expect(await sync()).toMatchObject({ kind: "kaspi_throttled", retryAfterMs: 20 * MINUTE });
  twin.forgetRequests();
  twin.advance({ ms: 10 * MINUTE });
  expect(await sync()).toMatchObject({ key: "reads_throttled", retryAfterMs: 10 * MINUTE });
  expect(asked()).toBe(0);
  twin.advance({ ms: 10 * MINUTE });
  expect(await sync()).toMatchObject({ complete: true });
});

test("a 429 that names no time keeps reads away for a minute, also of a session just renewed", async () => {
  for (const isRenewed of [false, true]) {
    await access.db.update(kaspiLogins).set({ nextReadSlotAt: null });
    if (isRenewed) twin.expireSessions();
    const after = isRenewed ? 1 : 0;
    twin.setFault({ name: "server_error", status: 429, at: ["list"], after, times: 1 });
    expect(await sync()).toMatchObject({ kind: "kaspi_throttled" });
    const [login] = await access.db.select().from(kaspiLogins);
    const pause = (login?.nextReadSlotAt?.getTime() ?? 0) - access.clock().getTime();
    expect(Math.round(pause / SECOND)).toBe(60);
  }
});

test("a person does not wait for long: they are told when to come again", async () => {
  twin.setFault({ name: "list_429", ms: 40 * SECOND, times: 1 });
  await sync();
  const read = refreshPoints(access, owner, storeId);
  await expect(read).rejects.toMatchObject({ key: "reads_throttled", retryAfterMs: 40 * SECOND });
});

test("a short break is waited out", async () => {
  twin.setFault({ name: "list_429", ms: 40 * SECOND, times: 1 });
  await sync();
  const waited: number[] = [];
  const sleep = access.sleep;
  access.sleep = async (ms) => {
    waited.push(ms);
    twin.advance({ ms });
  };
  expect(await sync()).toMatchObject({ complete: true });
  access.sleep = sleep;
  expect(Math.round((waited[0] ?? 0) / SECOND)).toBe(40);
});
