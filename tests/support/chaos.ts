import { eq, inArray, isNotNull } from "drizzle-orm";
import { afterAll, expect } from "vitest";
import { z } from "zod";
import { checkAccount } from "@/lib/accounts/check-account";
import { accountsDueForCheck } from "@/lib/accounts/queries";
import { isAppError } from "@/lib/core/errors";
import { HOUR, MINUTE } from "@/lib/core/time";
import { exits } from "@/lib/db/schema/exits";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { pasteProxies } from "@/lib/exits/paste-proxies";
import { probeDueExits } from "@/lib/exits/probe-exits";
import { type FaultName, faultNames } from "@/lib/kaspi-twin/faults";
import { type ProxyMood, startTwinProxy } from "@/lib/kaspi-twin/proxies";
import { listOpenNotices } from "@/lib/notices/queries";
import { storesDueForReprice } from "@/lib/repricing/check/check-queries";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { releaseHold } from "@/lib/repricing/hold/answer-hold";
import { openHolds } from "@/lib/repricing/hold/hold-queries";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { storesWithOpenDecisions } from "@/lib/repricing/send/publish-queries";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { failRun } from "@/lib/runs/queries";
import { storesDueForSync } from "@/lib/stores/at-work-queries";
import { requestSync } from "@/lib/sync/request-sync";
import { goodsOnSale, handle } from "./goods";
import { type TestOffice, testOffice } from "./office";
import { chance, pick, type Random, whole } from "./random-market";
import { connectedStore, syncNow } from "./stores";

/** Not a fault of Kaspi's but another world, or nothing but waiting. */
const leftOut = /^(su_as_map|pricefeed_|unlisted_|stock_count_|token_|shop_|slow_loris)/;
const usable = faultNames.filter((name) => !leftOut.test(name)) as [FaultName, ...FaultName[]];

/** A session of ours that lives for ten minutes may be renewed; a person may come, too. */
const LOGINS_AN_HOUR = 12;
const BUDGET = 40;
const WINDOW_MS = 30 * MINUTE;

/** An office on a clock that stands, in which to wait is to move the clock. */
export async function chaosOffice(many: number, login?: Parameters<typeof connectedStore>[1]) {
  const office = await testOffice({ startAt: new Date("2026-03-02T03:00:00Z") });
  const { access, twin } = office;
  access.timeoutMs = 2_000;
  access.sleep = async (ms, signal) => {
    signal?.throwIfAborted();
    twin.advance({ ms });
  };
  const { storeId, merchantId: merchantUid } = await connectedStore(office, login);
  await syncNow(office, storeId);
  const all = await goodsOnSale(office, storeId, merchantUid, { pages: Math.ceil(many / 40) });
  const goods = all.slice(0, many);
  expect(goods.length).toBe(many);
  const shelf = goods.map((one) => handle(office, one));
  const floors = shelf.map((one) => Math.ceil(one.kaspiPrice() * 0.75));
  for (const [nth, one] of shelf.entries()) await one.watch({ floor: floors[nth] ?? 0 });
  const proxies = await Promise.all(
    (["http", "socks5"] as const).map((kind) =>
      startTwinProxy({ kind, login: "buyer", password: "p@ss:word" }),
    ),
  );
  afterAll(() => Promise.all(proxies.map((proxy) => proxy.stop())));
  const lines = proxies.map(({ url }) => url).join("\n");
  const paste = { label: "Прокси", scheme: "http" as const, lines, readsPerSecond: 10 };
  await pasteProxies(access, office.owner, paste);
  return { office, proxies, login, shop: { storeId, merchantUid, shelf, floors } };
}

/** An hour, or a day, of a shop whose Kaspi, proxies, rivals and sessions fail at random. */
export function chaosOver(
  { office, shop, proxies, login }: Awaited<ReturnType<typeof chaosOffice>>,
  random: Random,
) {
  const { access, twin, owner } = office;
  const { db, clock } = access;
  const { storeId, merchantUid, shelf, floors } = shop;
  const floorOf = new Map(shelf.map(({ sku }, nth) => [sku, floors[nth] ?? 0]));
  const starts = new Map(shelf.map((one) => [one.sku, one.kaspiPrice()]));
  const sentAt: number[] = [];
  const logins: number[] = [];
  const inspected = new WeakSet<object>();

  /** What Kaspi causes stays with its job; a surprise of our own ends the run. */
  async function asJob(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => {
      if (!isAppError(error) || !/^(kaspi_|needs_reauth|conflict|rate_limited)/.test(error.kind))
        throw error;
    });
  }

  function trouble(): void {
    for (const { name } of twin.faults().on) if (chance(random, 0.2)) twin.clearFaults({ name });
    while (chance(random, 0.5)) twin.setFault(fault(random));
    if (chance(random, 0.05)) twin.expireSessions();
    for (const proxy of proxies) if (chance(random, 0.1)) proxy.become(mood(random));
  }

  function market(): void {
    for (const one of shelf) {
      if (!chance(random, 0.15)) continue;
      const start = starts.get(one.sku) ?? 1_000;
      const prices = Array.from({ length: whole(random, 0, 3) }, () =>
        Math.max(10, Math.round(start * (0.6 + random() * 0.6))),
      );
      one.rivals(...prices);
    }
  }

  /** What the jobs do in a minute, each as its job does it. */
  async function jobs(): Promise<void> {
    await asJob(() => probeDueExits(access));
    for (const id of await accountsDueForCheck(db, clock()))
      await asJob(() => checkAccount(access, id));
    for (const id of await storesDueForSync(db, clock())) {
      await asJob(() => syncNow(office, id));
      await failRun(db, await requestSync(db, id, null), "unknown", clock());
    }
    for (const id of await storesDueForReprice(db, clock()))
      await asJob(() => repriceDue(access, id, { trigger: "schedule" }));
    const open = await storesWithOpenDecisions(db, clock());
    for (const id of open.publish)
      await asJob(async () => {
        while ((await publishStore(access, id)).goesOn);
      });
    for (const id of open.confirm) await asJob(() => confirmStore(access, id));
  }

  /** Floors, the budget and other people's goods, by what has really reached Kaspi. */
  function inspect(): void {
    for (const write of twin.writes({ merchantUid })) {
      if (inspected.has(write) || write.status !== 200) continue;
      inspected.add(write);
      sentAt.push(write.at);
      const floor = floorOf.get(write.sku ?? "");
      expect(floor, `a price for ${write.sku}, whose bot is off`).toBeDefined();
      for (const price of pricesOf(write.body)) {
        expect(price, `${write.sku} under its floor`).toBeGreaterThanOrEqual(floor ?? 0);
        expect(price).toBeGreaterThanOrEqual(10);
      }
    }
    twin.forgetWrites();
    const last = sentAt.at(-1) ?? 0;
    const window = sentAt.filter((at) => at > last - WINDOW_MS);
    expect(window.length, "changes in 30 minutes").toBeLessThanOrEqual(BUDGET);
    logins.push(twin.requests().login?.total ?? 0);
    const hour = logins.slice(-HOUR / MINUTE);
    const asked = (hour.at(-1) ?? 0) - (hour[0] ?? 0);
    expect(asked, "logins in an hour").toBeLessThanOrEqual(LOGINS_AN_HOUR);
  }

  async function minutes(count: number, withTrouble: boolean): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) {
      if (withTrouble) trouble();
      market();
      await jobs();
      inspect();
      twin.advance({ ms: MINUTE });
      // A person who is asked comes after a while.
      if (withTrouble && chance(random, 0.03)) await personComes();
      if (chance(random, 0.1)) await personAnswers();
    }
  }

  /** Falling prices that were held together wait for a yes. */
  async function personAnswers(): Promise<void> {
    for (const { id } of await openHolds(db, owner)) await releaseHold(db, owner, id, clock());
  }

  async function waitsForPerson(): Promise<boolean> {
    const [account] = await db.select().from(kaspiAccounts);
    return account?.session === "needs_reauth";
  }

  async function personComes(): Promise<void> {
    if (!(await waitsForPerson())) return;
    expect(await listOpenNotices(db, owner)).toContainEqual(
      expect.objectContaining({ kind: "needs_reauth" }),
    );
    await connectedStore(office, login).catch((error: unknown) => {
      // A login that wants a code as well is another try, another day.
      if (!isAppError(error) && !/the login wants more/.test(String(error))) throw error;
    });
  }

  const assortment = () =>
    twin
      .offers({ merchantUid, limit: 1_000 })
      .map(({ sku, onSale, points, model }) => ({ sku, onSale, points, model }));

  return {
    async begin() {
      await db.update(workspace).set({ writesPerWindow: BUDGET });
      await db.update(stores).set({ nextSyncAt: clock() });
      await db.update(exits).set({ readsPerSecond: 1e6 });
      return assortment();
    },
    trouble: (count: number) => minutes(count, true),
    /** Everything is well again, and the office is left to itself. */
    async peace(count: number) {
      twin.clearFaults();
      twin.forgiveLimits();
      for (const proxy of proxies) proxy.become({ kind: "works" });
      await minutes(count, false);
      if (await waitsForPerson()) await personComes();
      await minutes(HOUR / MINUTE, false);
    },
    async settled(before: unknown) {
      expect(assortment()).toEqual(before);
      expect(await db.$count(products, isNotNull(products.goneAt))).toBe(0);
      const [account] = await db.select().from(kaspiAccounts);
      expect(account?.session).toBe("valid");
      expect((await syncNow(office, storeId)).complete).toBe(true);
      for (const one of shelf) {
        const { lastDecision, price } = await one.product();
        expect(price, one.sku).toBe(one.kaspiPrice());
        expect(lastDecision?.state ?? "none").not.toBe("sending");
      }
      const stuck = await db
        .select()
        .from(decisions)
        .where(inArray(decisions.state, ["sending"]));
      expect(stuck).toEqual([]);
      expect((await db.select().from(exits).where(eq(exits.isActive, true))).every(isFit)).toBe(
        true,
      );
      for (const verdict of await verifyLedgers(db, { storeId })) expect(verdict.flaws).toEqual([]);
      return sentAt.length;
    },
  };
}

const isFit = (exit: typeof exits.$inferSelect) => exit.deadSince === null;

function fault(random: Random): Parameters<TestOffice["twin"]["setFault"]>[0] {
  const name = pick(random, usable);
  const ms = name === "slow" ? 5 : whole(random, 1, 20) * MINUTE;
  const by = name === "list_wrong_total" ? { by: whole(random, -9, 9) } : {};
  return { name, times: whole(random, 1, 12), ms, ...by };
}

const mood = (random: Random): ProxyMood =>
  pick<ProxyMood>(random, [
    { kind: "works" },
    { kind: "slow", ms: 10 },
    { kind: "dead" },
    { kind: "login" },
    { kind: "refuses" },
  ]);

const written = z.object({
  price: z.number().optional(),
  cityPrices: z.array(z.object({ value: z.number() })).optional(),
});

/** The prices a write asked for, however it said them. */
function pricesOf(body: unknown): number[] {
  const { price, cityPrices = [] } = written.parse(body);
  return [...(price === undefined ? [] : [price]), ...cityPrices.map(({ value }) => value)];
}
