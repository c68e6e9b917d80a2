import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "@/lib/auth/action";
import { MINUTE, SECOND } from "@/lib/core/time";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { watchCabinetExits } from "@/lib/exits/exit-notices";
import { exitStats } from "@/lib/exits/exit-stats";
import { setExitForCabinet, switchExit } from "@/lib/exits/manage-exits";
import { pasteSchema } from "@/lib/exits/model";
import { pasteProxies } from "@/lib/exits/paste-proxies";
import { probeDueExits } from "@/lib/exits/probe-exits";
import { ensureDirectExit } from "@/lib/exits/queries";
import { readMarket } from "@/lib/exits/read-market";
import { cabinetWay, keepToWay } from "@/lib/exits/way";
import { startTwinProxy } from "@/lib/kaspi-twin/proxies";
import { listOpenNotices } from "@/lib/notices/queries";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, owner, twin, database } = office;
const { db } = access;
const market = { storeId: null, cardId: "100000000", cityId: "750000000" };

await connectedStore(office);
const [account] = await db.select().from(kaspiAccounts);
const accountId = account?.id ?? "";

const [first, second] = [
  await startTwinProxy({ kind: "http" }),
  await startTwinProxy({ kind: "http" }),
];
afterAll(async () => {
  for (const proxy of [first, second]) await proxy.stop();
});

/** A pool of two proxies that have been tried; nothing else reads the market. */
beforeEach(async () => {
  twin.clearFaults();
  for (const proxy of [first, second]) proxy.become({ kind: "works" });
  await database.sql`truncate exits, notices cascade`;
  await ensureDirectExit(db);
  access.memory.clear();
  const lines = [first.url, second.url].join("\n");
  const given = { label: "Астана", scheme: "http", lines, readsPerSecond: "10" };
  await pasteProxies(access, owner, parse(pasteSchema, given));
  await probeDueExits(access);
  await db.update(exits).set({ isActive: false }).where(eq(exits.name, "direct"));
});

async function look(times: number): Promise<void> {
  for (let nth = 0; nth < times; nth += 1) {
    await readMarket(access, market);
    twin.advance({ ms: SECOND });
  }
}

const states = async () => (await exitStats(access, owner)).usage.map(({ state }) => state);
const reason = async () => (await db.select().from(exits)).flatMap((exit) => exit.deadReason ?? []);
const notices = async () => (await listOpenNotices(db, owner)).map(({ kind }) => kind);

describe("while Kaspi answers nobody", () => {
  test("no proxy is given up, and all are used again when it does", async () => {
    await look(4);
    twin.setFault({ name: "connection_reset", at: ["offers"] });
    for (let minute = 0; minute < 5; minute += 1) {
      await look(10);
      twin.advance({ ms: MINUTE });
    }
    expect(await states()).toEqual(["off", "working", "working"]);
    twin.clearFaults();
    twin.advance({ ms: 10 * MINUTE });
    expect(await readMarket(access, market)).toMatchObject({ kind: "seen" });
  });

  test("no proxy is given up for saying that it reaches nothing", async () => {
    for (const proxy of [first, second]) proxy.become({ kind: "refuses" });
    await look(30);
    expect(await states()).toEqual(["off", "working", "working"]);
  });
});

describe("a proxy through which nothing comes, though others are answered,", () => {
  test("is given up, its owner is told, and told no more when it works again", async () => {
    first.become({ kind: "refuses" });
    await look(60);
    expect(await states()).toEqual(["off", "dead", "working"]);
    expect(await reason()).toEqual(["refused"]);
    expect(await notices()).toEqual(["proxy_dead"]);
    first.become({ kind: "works" });
    twin.advance({ ms: MINUTE });
    await probeDueExits(access);
    expect(await states()).toEqual(["off", "working", "working"]);
    expect(await notices()).toEqual([]);
  });
});

describe("a login", () => {
  const poolIds = async () =>
    (await db.select().from(exits).orderBy(exits.createdAt)).map(({ id }) => id);
  const wayOf = async () => (await cabinetWay(access, accountId)).exitId;

  /** The login has been entered through the first proxy. */
  async function keepsToProxy(): Promise<string[]> {
    const ids = await poolIds();
    await db.update(exits).set({ forCabinet: true });
    await db.update(kaspiAccounts).set({ exitId: ids[1] });
    return ids;
  }

  test("goes by another exit only while its own is dead", async () => {
    const [own, proxy = ""] = await keepsToProxy();
    expect(await wayOf()).toBe(proxy);
    await db.update(exits).set({ deadSince: access.clock() }).where(eq(exits.id, proxy));
    expect(await wayOf()).toBe(own);
    await db.update(exits).set({ deadSince: null }).where(eq(exits.id, proxy));
    expect(await wayOf()).toBe(proxy);
  });

  test("moves for good when its exit serves cabinets no more", async () => {
    const [own, proxy = ""] = await keepsToProxy();
    await setExitForCabinet(access, owner, { exitId: proxy, forCabinet: false });
    expect(await wayOf()).toBe(own);
    await setExitForCabinet(access, owner, { exitId: proxy, forCabinet: true });
    expect(await wayOf()).toBe(own);
  });

  test("that is new goes by the exit with the fewest logins", async () => {
    const [, proxy] = await keepsToProxy();
    const [own = ""] = await poolIds();
    expect((await cabinetWay(access, null)).exitId).toBe(own);
    await keepToWay(access, accountId, await cabinetWay(access, null));
    expect((await cabinetWay(access, null)).exitId).toBe(proxy);
  });

  test("keeps the last exit that it can go by, however many others cannot", async () => {
    const [own = "", proxy = "", other = ""] = await keepsToProxy();
    await db.update(exits).set({ forCabinet: false }).where(eq(exits.id, own));
    await db.update(exits).set({ deadSince: access.clock() }).where(eq(exits.id, other));
    const refusals = [
      () => switchExit(access, owner, { exitId: proxy, isActive: false }),
      () => setExitForCabinet(access, owner, { exitId: proxy, forCabinet: false }),
    ];
    for (const refused of refusals)
      await expect(refused()).rejects.toMatchObject({ key: "exit_last_cabinet" });
  });

  test("without any exit says so to the owner until there is one", async () => {
    await db.update(exits).set({ forCabinet: false });
    await expect(cabinetWay(access, accountId)).rejects.toMatchObject({ key: "no_cabinet_exit" });
    await watchCabinetExits(access);
    expect(await notices()).toEqual(["no_cabinet_exit"]);
    await db.update(exits).set({ forCabinet: true });
    await watchCabinetExits(access);
    expect(await notices()).toEqual([]);
  });
});

test("a circuit remembers when Kaspi last answered, without a write for each answer", async () => {
  await look(1);
  const [before] = await db.select().from(kaspiCircuits);
  await look(2);
  expect((await db.select().from(kaspiCircuits))[0]).toEqual(before);
});
