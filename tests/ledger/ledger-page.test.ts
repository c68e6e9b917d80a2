import { desc, eq, inArray, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { offerLines } from "@/components/repricing/offer-line";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions, marketObservations, pricingRuns } from "@/lib/db/schema/repricing";
import { cursorText, ledgerAddress } from "@/lib/ledger/address";
import { decisionMarket } from "@/lib/ledger/decision-market";
import { ledgerPage } from "@/lib/ledger/queries";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import { ownMerchants } from "@/lib/stores/queries";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "../support/database";
import { ledgerNow, shopWithLedger } from "../support/ledger";
import { asViewer } from "../support/person";

const { db } = await testDatabase();
const now = ledgerNow;

type Asked = Record<string, string>;
type Shop = Awaited<ReturnType<typeof shopWithLedger>>;

describe("the ledger's page", () => {
  let mine: Shop;
  let foreign: Shop;
  let kettle = "";

  beforeAll(async () => {
    await bindToKaspi(db, "twin");
    mine = await shopWithLedger(db, "mine");
    foreign = await shopWithLedger(db, "foreign");
    kettle = await mine.product({ name: "Чайник красный", sku: "KETTLE-1", cardId: "C777" });
  });

  const page = async (caller: Shop["member"], asked: Asked = {}, limit = 50) => {
    const { before, ...query } = ledgerAddress.parse(asked);
    return ledgerPage(db, caller, { query, before, now, limit });
  };
  const ids = async (asked: Asked = {}, caller = mine.member) =>
    (await page(caller, asked)).entries.map(({ id }) => id);

  async function turnPages(asked: Asked): Promise<string[]> {
    const turned: string[] = [];
    let before: string | undefined;
    do {
      const part = await page(mine.owner, before ? { ...asked, before } : asked, 5);
      turned.push(...part.entries.map(({ id }) => id));
      const last = part.entries.at(-1);
      before = part.hasMore && last ? cursorText(last) : undefined;
    } while (before);
    return turned;
  }

  it("shows a member their own stores' decisions and no others", async () => {
    const own = await mine.decide(kettle);
    const theirs = await foreign.decide(await foreign.product());
    expect(await ids()).toContain(own);
    expect(await ids()).not.toContain(theirs);
    expect(await ids({}, mine.owner)).toEqual(expect.arrayContaining([own, theirs]));
  });

  it("finds nothing of a foreign store, product or run by its id", async () => {
    const product = await foreign.product({ name: "Чужой утюг" });
    const [run] = await db
      .insert(pricingRuns)
      .values({ storeId: foreign.storeId, trigger: "schedule", startedAt: now })
      .returning();
    const theirs = await foreign.decide(product, { runId: run?.id ?? null });
    for (const asked of [
      { store: foreign.storeId },
      { product },
      { run: run?.id ?? "" },
      { q: "утюг" },
    ])
      expect(await ids(asked)).toEqual([]);
    await expect(decisionMarket(db, mine.member, theirs)).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  it("tells nobody who else is of this installation by the market of a decision", async () => {
    const offers = ["m-mine", "m-foreign", "m-rival"].map((merchantId) => ({
      merchantId,
      merchantName: merchantId,
      price: 1_000,
    }));
    const [seen] = await db
      .insert(marketObservations)
      .values({
        cardId: "C777",
        cityId: "750000000",
        contentHash: "seen",
        offers,
        total: offers.length,
        firstSeenAt: now,
        lastSeenAt: now,
      })
      .returning();
    const decision = await mine.decide(kettle, { observationId: seen?.id ?? null });
    const shownTo = async (caller: Shop["member"]) => {
      const { market, ...known } = await decisionMarket(db, caller, decision);
      return offerLines(market?.offers ?? [], known).map(({ whose }) => whose);
    };
    expect(await shownTo(mine.member)).toEqual(["this", "rival", "rival"]);
    expect(await shownTo(asViewer(mine.member))).toEqual(["this", "own", "rival"]);
    const { market: _market, ...known } = await previewRule(db, mine.member, kettle, now);
    expect([...known.knownMerchants]).toEqual(["m-mine"]);
    expect([...(await ownMerchants(db))]).toEqual(expect.arrayContaining(["m-mine", "m-foreign"]));
  });

  it("narrows by every filter, and by all of them at once", async () => {
    const lamp = await mine.product({ name: "Лампа 100 %", sku: "LAMP_1" });
    const [run] = await db
      .insert(pricingRuns)
      .values({ storeId: mine.storeId, trigger: "schedule", startedAt: now })
      .returning();
    const runId = run?.id ?? "";
    const old = await mine.decide(lamp, { decidedAt: later(now, -8 * DAY) });
    const held = await mine.decide(lamp, {
      kind: "hold",
      reason: "already_first",
      state: "none",
      price: null,
      runId,
    });
    const byHand = await mine.decide(lamp, {
      origin: "manual",
      reason: "set_by_hand",
      state: "rejected",
      actorId: mine.member.id,
    });
    const product = { product: lamp };
    expect(await ids({ ...product, period: "week" })).toEqual([byHand, held]);
    expect(await ids({ ...product, period: "month" })).toEqual([byHand, held, old]);
    expect(await ids({ ...product, kind: "hold" })).toEqual([held]);
    expect(await ids({ ...product, reason: "set_by_hand" })).toEqual([byHand]);
    expect(await ids({ ...product, state: "rejected" })).toEqual([byHand]);
    expect(await ids({ ...product, origin: "manual" })).toEqual([byHand]);
    expect(await ids({ run: runId })).toEqual([held]);
    expect(await ids({ run: runId, q: "лампа", kind: "hold" })).toEqual([held]);
    expect(await ids({ run: runId, q: "чайник" })).toEqual([]);
    expect(await ids({ q: "lamp_" })).toEqual([byHand, held, old]);
    expect(await ids({ q: "100 %" })).toEqual([byHand, held, old]);
    expect(await ids({ q: "нет такого" })).toEqual([]);
    expect((await page(mine.member, { origin: "manual" })).entries[0]).toMatchObject({
      actorName: "mine",
      storeName: "Магазин mine",
      cityName: null,
    });
  });

  it("names the city only where it is not the one the product is shown by", async () => {
    const product = await mine.product({ name: "Весы" });
    await mine.decide(product, { cityId: "710000000" });
    const { entries } = await page(mine.member, { product });
    expect(entries[0]?.cityName).toBe("710000000");
  });

  it("turns the pages without losing or repeating a decision, whatever they share", async () => {
    const product = await mine.product({ name: "Пылесос" });
    const other = await foreign.product({ name: "Пылесос" });
    for (let nth = 0; nth < 12; nth += 1) {
      // Several of one moment, in both stores.
      const decidedAt = later(now, -Math.floor(nth / 4) * MINUTE);
      await mine.decide(product, { decidedAt });
      await foreign.decide(other, { decidedAt });
    }
    for (const asked of [{ q: "Пылесос" }, {}] as Asked[]) {
      const all = (await page(mine.owner, asked, 1_000)).entries;
      const turned = await turnPages(asked);
      expect(turned).toEqual(all.map(({ id }) => id));
      expect(new Set(turned).size).toBe(turned.length);
    }
  });

  it("searches many products as well as few", async () => {
    for (let nth = 0; nth < 205; nth += 1) await mine.product({ name: `Коврик ${nth}` });
    const rug = await mine.product({ name: "Коврик последний" });
    const decided = await mine.decide(rug);
    expect(await ids({ q: "коврик" })).toEqual([decided]);
    expect(await ids({ q: "коврик последний" })).toEqual([decided]);
  });

  it("finds what a search means behind thousands of newer decisions", async () => {
    const shop = await shopWithLedger(db, "crowded");
    const [rare, other, common] = [
      await shop.product({ name: "Лампа зелёная" }),
      await shop.product({ name: "Лампа синяя" }),
      await shop.product({ name: "Ковёр" }),
    ];
    const wanted: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      const product = nth % 2 === 0 ? rare : other;
      wanted.unshift(
        await shop.decide(product, { decidedAt: later(now, -10 * DAY + nth * MINUTE) }),
      );
    }
    const newest = await shop.decide(common);
    await db.execute(sql`insert into ${decisions} select (jsonb_populate_record(d, jsonb_build_object(
        'id', gen_random_uuid(), 'seq', d.seq + nth))).* from ${decisions} d, generate_series(1, 2100) nth
      where d.id = ${newest}`);
    expect(await ids({ q: "лампа" }, shop.member)).toEqual(wanted);
    expect(await ids({ q: "лампа", store: shop.storeId }, shop.member)).toEqual(wanted);
    const part = await page(shop.member, { q: "лампа" }, 3);
    expect(part.entries.map(({ id }) => id)).toEqual(wanted.slice(0, 3));
    expect(part.hasMore).toBe(true);
    // One product has many close together, the other one has its own between them and further back.
    const more = (product: string, many: number, minutes: number) =>
      db.execute(sql`insert into ${decisions} select (jsonb_populate_record(d, jsonb_build_object(
          'id', gen_random_uuid(), 'product_id', ${product}::text, 'seq', d.seq + ${minutes}::int * 10000 + nth,
          'decided_at', ${later(now, -11 * DAY).toISOString()}::timestamptz
            - nth * ${minutes}::int * interval '1 minute'))).*
        from ${decisions} d, generate_series(1, ${many}::int) nth where d.id = ${newest}`);
    await more(rare, 300, 1);
    await more(other, 128, 7);
    const all = await db
      .select({ id: decisions.id })
      .from(decisions)
      .where(inArray(decisions.productId, [rare, other]))
      .orderBy(desc(decisions.decidedAt), desc(decisions.seq));
    for (const limit of [63, 64, 65, 200, 431, 432, 1_000]) {
      const found = await page(shop.member, { q: "лампа" }, limit);
      expect(found.entries.map(({ id }) => id)).toEqual(all.slice(0, limit).map(({ id }) => id));
      expect(found.hasMore).toBe(limit < all.length);
    }
    // The others are not to meet so many.
    await db.update(stores).set({ archivedAt: now }).where(eq(stores.id, shop.storeId));
  });

  it("forgets an archived store", async () => {
    const shop = await shopWithLedger(db, "closed");
    const product = await shop.product();
    await shop.decide(product);
    await db.update(stores).set({ archivedAt: now }).where(eq(stores.id, shop.storeId));
    for (const asked of [{}, { product }, { q: "чайник" }] as Asked[])
      expect(await ids(asked, shop.member)).toEqual([]);
  });

  it("leaves out what an address does not mean", async () => {
    const odd = { store: "1", kind: "all", reason: "'; drop", before: "yesterday", state: "x" };
    expect(ledgerAddress.parse(odd)).toEqual(ledgerAddress.parse({}));
  });
});
