import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "@/lib/auth/action";
import { MINUTE } from "@/lib/core/time";
import { exits } from "@/lib/db/schema/exits";
import { createAccess } from "@/lib/exits/access";
import { exitStats } from "@/lib/exits/exit-stats";
import { flushFigures } from "@/lib/exits/figures";
import { listExits } from "@/lib/exits/list-exits";
import { pasteSchema } from "@/lib/exits/model";
import { pasteProxies } from "@/lib/exits/paste-proxies";
import { probeDueExits, testExit } from "@/lib/exits/probe-exits";
import { ensureDirectExit } from "@/lib/exits/queries";
import { readMarket } from "@/lib/exits/read-market";
import { startTwinProxy, type TwinProxy, type TwinProxyOptions } from "@/lib/kaspi-twin/proxies";
import { isForbidden } from "@/lib/network/addresses";
import { testOffice } from "../support/office";

const office = await testOffice();
const { access, owner, stranger, twin, database } = office;
const { db } = access;
const market = { storeId: null, cardId: "100000000", cityId: "750000000" };
const look = () => readMarket(access, market);

async function proxy(options: Partial<TwinProxyOptions> = {}): Promise<TwinProxy> {
  const made = await startTwinProxy({
    kind: "http",
    login: "buyer",
    password: "p@ss:word",
    ...options,
  });
  afterAll(made.stop);
  return made;
}

const http = await proxy();
const socks = await proxy({ kind: "socks5" });
const open = await proxy({ kind: "socks5", login: "", password: "" });

const paste = (lines: string) =>
  pasteProxies(
    access,
    owner,
    parse(pasteSchema, { label: "Алматы", scheme: "http", lines, readsPerSecond: "10" }),
  );

/** Only the proxies read: the machine's own address stands aside. */
async function onlyProxies(...proxies: TwinProxy[]): Promise<void> {
  await paste(proxies.map(({ url }) => url).join("\n"));
  await probeDueExits(access);
  await db.update(exits).set({ isActive: false }).where(eq(exits.name, "direct"));
}

const pool = () => listExits(access);
const statesOf = async () => (await exitStats(access, owner)).usage.map(({ state }) => state);

beforeEach(async () => {
  twin.clearFaults();
  for (const one of [http, socks, open]) one.become({ kind: "works" });
  await database.sql`truncate exits, notices cascade`;
  await ensureDirectExit(db);
});

describe("a pasted list", () => {
  test("is read line by line: each has its finding, and nothing is lost", async () => {
    const lines = ["", http.url, "куплено вчера", http.url, `${socks.url}/`, "1.2.3.4:99999"];
    expect(await paste(lines.join("\r\n"))).toEqual([
      { line: 2, kind: "added" },
      { line: 3, kind: "shape" },
      { line: 4, kind: "twice" },
      { line: 5, kind: "added" },
      { line: 6, kind: "port" },
    ]);
    expect(await paste(http.url)).toEqual([{ line: 1, kind: "known" }]);
    expect((await pool()).map(({ name }) => name)).toEqual([null, "Алматы 1", "Алматы 2"]);
  });

  test("is used only once each of its proxies has come through", async () => {
    await paste(`${http.url}\n127.0.0.1:9`);
    expect((await pool()).map(({ dead }) => dead?.why)).toEqual([undefined, "untried", "untried"]);
    expect(await probeDueExits(access)).toBe(1);
    expect((await pool()).map(({ dead }) => dead?.why)).toEqual([undefined, undefined, "silent"]);
  });

  test("adds a proxy once, however often it is pasted at the same moment", async () => {
    const findings = await Promise.all([paste(http.url), paste(http.url), paste(http.url)]);
    expect(findings.map(([one]) => one?.kind).sort()).toEqual(["added", "known", "known"]);
    expect(await pool()).toHaveLength(2);
  });

  test("of many dead ones keeps no minute busy: the rest are tried in the next", async () => {
    const lines = Array.from({ length: 40 }, (_, nth) => `127.0.0.1:${nth + 1}`);
    await paste(lines.join("\n"));
    await probeDueExits(access);
    const reasons = (await pool()).map(({ dead }) => dead?.why);
    expect(reasons.filter((why) => why === "silent")).toHaveLength(32);
    await probeDueExits(access);
    expect((await pool()).filter(({ dead }) => dead?.why === "untried")).toEqual([]);
  });

  test("with an address that is none leaves the page of the pool whole", async () => {
    expect(await paste("256.1.1.1:8080:buyer:p@ss:word")).toEqual([{ line: 1, kind: "shape" }]);
    expect(await pool()).toHaveLength(1);
  });

  test("belongs to owners", async () => {
    const given = parse(pasteSchema, {
      label: "x",
      scheme: "http",
      lines: "",
      readsPerSecond: "1",
    });
    await expect(pasteProxies(access, stranger, given)).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("is kept encrypted, its passwords are shown to nobody, and each exit has its browser", async () => {
    await paste(`${http.url}\n${socks.url}`);
    const shown = JSON.stringify([await pool(), await exitStats(access, owner)]);
    const kept = JSON.stringify(await db.select().from(exits));
    for (const secret of ["p@ss", "p%40ss", "buyer"]) {
      expect(kept).not.toContain(secret);
      expect(shown).not.toContain(secret);
    }
    const identities = (await db.select().from(exits)).map(({ identity }) => identity);
    expect(new Set(identities).size).toBe(3);
    expect((await pool()).map(({ takesBrowser }) => takesBrowser)).toEqual([true, true, false]);
  });
});

describe("the market is read through", () => {
  test.each([
    ["an HTTP proxy with a login", http],
    ["a SOCKS5 proxy with a login of odd signs", socks],
    ["a SOCKS5 proxy that is open", open],
  ])("%s", async (_, one) => {
    await onlyProxies(one);
    const before = one.used();
    // A process that holds no connection yet.
    const fresh = createAccess(access);
    expect(await readMarket(fresh, market)).toMatchObject({ kind: "seen" });
    expect(one.used()).toBeGreaterThan(before);
    await flushFigures(fresh);
    expect((await pool())[1]).toMatchObject({ requests: 1, failures: 0, p50: expect.any(Number) });
  });

  test("the exit that was unused for the longest", async () => {
    await onlyProxies(http, socks, open);
    for (let nth = 0; nth < 9; nth += 1) {
      expect(await look()).toMatchObject({ kind: "seen" });
      twin.advance({ ms: 1_000 });
    }
    expect((await pool()).map(({ requests }) => requests)).toEqual([0, 3, 3, 3]);
  });
});

describe("a proxy that stops working", () => {
  test("is passed by, given up, tried now and then, and used again when it answers", async () => {
    await onlyProxies(http, socks);
    http.become({ kind: "dead" });
    for (let nth = 0; nth < 12; nth += 1) {
      expect(await look()).toMatchObject({ kind: "seen" });
      twin.advance({ ms: 1_000 });
    }
    expect(await statesOf()).toEqual(["off", "dead", "working"]);

    twin.advance({ ms: MINUTE });
    expect(await probeDueExits(access)).toBe(0);
    expect(await statesOf()).toEqual(["off", "dead", "working"]);
    http.become({ kind: "works" });
    expect(await probeDueExits(access)).toBe(0);
    twin.advance({ ms: 5 * MINUTE });
    expect(await probeDueExits(access)).toBe(1);
    expect(await statesOf()).toEqual(["off", "working", "working"]);
  });

  test.each([
    ["wants another login", "login", { kind: "login" }],
    ["lets nothing through", "refused", { kind: "refuses" }],
    ["breaks off", "silent", { kind: "dead" }],
  ] as const)("because it %s: that is what a test by hand says", async (_, why, mood) => {
    await onlyProxies(http);
    const [, exit] = await pool();
    http.become(mood);
    expect(await testExit(access, exit?.id ?? "")).toEqual({ ok: false, why });
    http.become({ kind: "works" });
    expect(await testExit(access, exit?.id ?? "")).toEqual({ ok: true, ms: expect.any(Number) });
  });

  test("with all the others leaves the market unseen, never empty, and mends by itself", async () => {
    await onlyProxies(http, socks);
    for (const one of [http, socks]) one.become({ kind: "dead" });
    for (let nth = 0; nth < 12; nth += 1)
      expect(await look()).toEqual({ kind: "unseen", why: "unreachable" });
    expect(await statesOf()).toEqual(["off", "dead", "dead"]);
    for (const one of [http, socks]) one.become({ kind: "works" });
    twin.advance({ ms: MINUTE });
    expect(await probeDueExits(access)).toBe(2);
    expect(await look()).toMatchObject({ kind: "seen" });
  });

  test("by being slow still brings its answers", async () => {
    await onlyProxies(http);
    http.become({ kind: "slow", ms: 150 });
    expect(await look()).toMatchObject({ kind: "seen" });
    expect((await pool())[1]?.p95).toBeGreaterThanOrEqual(150);
  });
});

test("the figures of the pool are for owners: a name may tell where a proxy is", async () => {
  await expect(exitStats(access, stranger)).rejects.toMatchObject({ kind: "forbidden" });
});

test.each([
  ["wants another login", "login", { kind: "login" }],
  ["lets nothing through", "refused", { kind: "refuses" }],
] as const)("a SOCKS5 proxy with a login says whether it %s", async (_, why, mood) => {
  await onlyProxies(socks);
  const [, exit] = await pool();
  socks.become(mood);
  expect(await testExit(access, exit?.id ?? "")).toEqual({ ok: false, why });
});

test.each(["169.254.169.254", "100.100.100.200", "fd00:ec2::254", "::ffff:169.254.169.254"])(
  "no proxy stands at %s, where machines keep their secrets",
  (address) => expect(isForbidden(address)).toBe(true),
);

test("two exits are two browsers, each the same one every time", async () => {
  await onlyProxies(http, socks);
  twin.forgetRequests();
  for (let nth = 0; nth < 6; nth += 1) {
    await look();
    twin.advance({ ms: 1_000 });
  }
  expect(Object.values(twin.visitors())).toEqual([3, 3]);
});
