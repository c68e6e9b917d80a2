import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { parse } from "@/lib/auth/action";
import { exits } from "@/lib/db/schema/exits";
import { auditLog } from "@/lib/db/schema/workspace";
import { listExits } from "@/lib/exits/list-exits";
import { addProxy, removeProxy, setExitPace, switchExit } from "@/lib/exits/manage-exits";
import { newExitSchema, proxyUrlOf } from "@/lib/exits/model";
import { ensureDirectExit, exitsInUse } from "@/lib/exits/queries";
import { readMarket } from "@/lib/exits/read-market";
import { testOffice } from "../support/office";
import { testProxy } from "../support/proxy";

const office = await testOffice();
const { access, owner, stranger, twin, database } = office;
const { db } = access;
const proxy = await testProxy("buyer", "p@ss:word");
const market = { storeId: null, cardId: "100000000", cityId: "750000000" };

const typed = {
  name: "Алматы, домашний",
  scheme: "http",
  address: proxy.address,
  login: "buyer",
  password: "p@ss:word",
  readsPerSecond: "2,5",
} as const;

const add = async (over: Partial<Record<keyof typeof typed, string>> = {}) =>
  addProxy(access, owner, parse(newExitSchema, { ...typed, ...over }));

const exitNamed = async (name: string | null) =>
  (await exitsInUse(db)).find((exit) => exit.name === name) ?? expect.fail("no such exit");

beforeEach(async () => {
  twin.clearFaults();
  await database.sql`truncate exits, audit_log, notices cascade`;
  await ensureDirectExit(db);
});

describe("a new proxy", () => {
  test("is tried by one read, and then the market is read through it", async () => {
    await add();
    expect(await exitNamed(typed.name)).toMatchObject({ isActive: true, readsPerSecond: 2.5 });
    const before = proxy.used();
    expect(before).toBeGreaterThan(0);
    await switchExit(access, owner, { exitId: (await exitNamed(null)).id, isActive: false });
    expect(await readMarket(access, market)).toMatchObject({ kind: "seen" });
    expect(proxy.used()).toBeGreaterThan(before);
  });

  test("is kept encrypted, and neither pages nor the audit tell where it is", async () => {
    await add();
    const [row] = await db.select().from(exits).where(eq(exits.name, typed.name));
    const told = JSON.stringify([row, await exitsInUse(db), await db.select().from(auditLog)]);
    for (const secret of ["buyer", "p@ss", "p%40ss", proxy.address])
      expect(told).not.toContain(secret);
    expect(access.vault.open(row?.proxyUrl ?? "")).toBe(proxyUrlOf(parse(newExitSchema, typed)));
  });

  test.each([
    ["a wrong password", { password: "wrong" }],
    ["nobody there", { address: "127.0.0.1:9" }],
  ])("is not added with %s, and the failure holds no secret", async (_, over) => {
    const failure = await add(over).catch((error) => error);
    expect(failure).toMatchObject({
      kind: "invalid",
      details: [{ path: "address", message: "proxy_silent" }],
    });
    expect(failure.cause).toBeUndefined();
    expect((await exitsInUse(db)).map(({ name }) => name)).toEqual([null]);
  });

  test("is not added twice: one address would be asked at the pace of two", async () => {
    await add();
    await expect(add({ name: "другое имя" })).rejects.toMatchObject({
      details: [{ path: "address", message: "proxy_known" }],
    });
    expect(await exitsInUse(db)).toHaveLength(2);
  });

  test("is there once, however many add it at the same moment", async () => {
    const outcomes = await Promise.allSettled([add(), add(), add()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    expect(await exitsInUse(db)).toHaveLength(2);
  });

  test("is added beside one that no key opens any more, which can be removed", async () => {
    const lost = { name: "старый", proxyUrl: "lost.a.b.c" };
    const [row] = await db.insert(exits).values(lost).returning({ id: exits.id });
    await add();
    const [, old] = await listExits(access);
    expect(old).toMatchObject({ name: "старый", address: null });
    await removeProxy(access, owner, row?.id ?? "");
  });

  test.each([
    ["one of another kind", { scheme: "socks5" }],
    ["one without encryption", { scheme: "https" }],
    ["an address that is none", { address: "1.2.3.999:80" }],
  ])("is not added when it is %s, and the failure holds no secret", async (_, over) => {
    const failure = await add(over).catch((error) => error);
    expect(failure).toMatchObject({ kind: "invalid" });
    expect(JSON.stringify(failure) + String(failure.cause)).not.toMatch(/buyer|p@ss|p%40ss/);
  });

  test("is not added while Kaspi refuses its address", async () => {
    twin.setFault({ name: "storefront_403" });
    await expect(add()).rejects.toMatchObject({
      details: [{ path: "address", message: "proxy_refused" }],
    });
  });
});

describe("what is typed", () => {
  const faults = (over: Record<string, string>) => {
    const result = newExitSchema.safeParse({ ...typed, ...over });
    return result.success ? [] : result.error.issues.map(({ message }) => message);
  };

  test.each(["185.10.20.30", "185.10.20.30:0", "host:99999", "http://host:80", "a b:80", "x@h:80"])(
    "may not be %s for an address",
    (address) => expect(faults({ address })).toEqual(["proxy_address"]),
  );

  test.each(["185.10.20.30:8080", "proxy.example.kz:3128", "[2001:db8::1]:1080"])(
    "may be %s for an address",
    (address) => expect(faults({ address })).toEqual([]),
  );

  test("is paced slower than Kaspi's limit", () => {
    expect(faults({ readsPerSecond: "10" })).toEqual([]);
    for (const pace of ["0", "10,1", "-1", "fast", ""])
      expect(faults({ readsPerSecond: pace })).toEqual(["exit_pace"]);
  });

  test("is only a scheme the client speaks", () => {
    expect(faults({ scheme: "ftp" })).toHaveLength(1);
  });
});

describe("the exits there are", () => {
  test("the last one that is on stays on", async () => {
    const direct = await exitNamed(null);
    const off = switchExit(access, owner, { exitId: direct.id, isActive: false });
    await expect(off).rejects.toMatchObject({ key: "exit_last" });
  });

  test("the machine's own address is never removed, a proxy is", async () => {
    await add();
    const [direct, added] = [await exitNamed(null), await exitNamed(typed.name)];
    await expect(removeProxy(access, owner, direct.id)).rejects.toMatchObject({
      key: "exit_own_address",
    });
    await removeProxy(access, owner, added.id);
    expect((await exitsInUse(db)).map(({ name }) => name)).toEqual([null]);
    const actions = await db.select({ action: auditLog.action }).from(auditLog);
    expect(actions.map(({ action }) => action)).toEqual(["exit.added", "exit.removed"]);
  });

  test("a pace is changed with what it was", async () => {
    const { id: exitId, readsPerSecond: from } = await exitNamed(null);
    await setExitPace(access, owner, { exitId, readsPerSecond: 3 });
    const [entry] = await db.select().from(auditLog);
    expect(entry).toMatchObject({ subjectId: exitId, details: { from, to: 3 } });
  });

  test("belong to owners", async () => {
    const { id: exitId } = await exitNamed(null);
    const attempts = [
      () => addProxy(access, stranger, parse(newExitSchema, typed)),
      () => setExitPace(access, stranger, { exitId, readsPerSecond: 3 }),
      () => switchExit(access, stranger, { exitId, isActive: false }),
      () => removeProxy(access, stranger, exitId),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ kind: "forbidden" });
  });
});
