import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { DAY, HOUR, later } from "@/lib/core/time";
import { paces } from "@/lib/db/schema/api-keys";
import { stores } from "@/lib/db/schema/kaspi";
import { reviewWatches } from "@/lib/db/schema/reviews";
import { analyseCard } from "@/lib/reviews/analyse-card";
import { askForCard, leaveCard, MOST_WATCHED } from "@/lib/reviews/ask-card";
import { askForShop } from "@/lib/reviews/ask-shop";
import { exportReviews } from "@/lib/reviews/export-reviews";
import { reviewedCards } from "@/lib/reviews/list-queries";
import { reviewsQuery } from "@/lib/reviews/model";
import { ownReviews } from "@/lib/reviews/read-list";
import { shopsRead } from "@/lib/reviews/shop-queries";
import { sourceOf } from "@/lib/reviews/source-queries";
import { watchedCards, watchOf } from "@/lib/reviews/watch-queries";
import { shareStore } from "@/lib/stores/share-store";
import { testOffice } from "../support/office";
import { askedCard, cardsOf, orderOf, takeCards, walkNow, walkShop } from "../support/reviews";
import { connectedStore, syncNow } from "../support/stores";
import { memberWith } from "../support/whole-office";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
const { storeId, merchantId } = await connectedStore(office);
await syncNow(office, storeId);
const card = takeCards(office);
const everything = reviewsQuery.parse({});
const everyReview = { cardId: null, choice: { q: "" }, format: "csv", locale: "ru" } as const;

const people: Record<string, Caller> = {};
beforeAll(async () => {
  await walkShop(office, storeId, merchantId);
  const rights = {
    seller: ["view_store", "view_review"],
    viewer: [],
    reader: [],
    nobody: [],
  } as const;
  for (const [name, held] of Object.entries(rights)) {
    const found = await findActiveUser(db, await memberWith(office, name, held));
    if (!found) throw new Error(`${name} is gone`);
    people[name] = found;
  }
  const share = async (name: string, permissions: ("view_store" | "view_review")[]) => {
    const given = { storeId, email: `${name}@example.kz`, permissions };
    await shareStore(db, owner, given, clock());
    const found = await findActiveUser(db, people[name]?.id ?? "");
    if (found) people[name] = found;
  };
  await share("viewer", ["view_store"]);
  await share("reader", ["view_store", "view_review"]);
});

beforeEach(async () => {
  await db.delete(paces);
  await db.update(stores).set({ officialOnly: false, isActive: true });
});

const pagesKey = `review pages ${owner.id}`;
const person = (name: string) => people[name] ?? expect.fail(name);
const seenBy = async (caller: Caller) => (await ownReviews(db, caller, everything, clock())).total;

describe("reviews about a shop", () => {
  test("are seen by its owner, by whom it is shared with so far, and by nobody else", async () => {
    const all = await seenBy(owner);
    expect(all).toBeGreaterThan(10);
    expect(await seenBy(person("reader"))).toBe(all);
    expect(await seenBy(person("seller"))).toBe(0);
    expect(await seenBy(stranger)).toBe(0);
    await expect(seenBy(person("viewer"))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(seenBy(person("nobody"))).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("are counted and chosen from within the same bounds", async () => {
    expect(await shopsRead(db, person("reader"))).toHaveLength(1);
    expect(await shopsRead(db, person("seller"))).toEqual([]);
    expect(await reviewedCards(db, person("seller"), undefined, 10)).toEqual([]);
    expect((await reviewedCards(db, owner, storeId, 10)).length).toBeGreaterThan(0);
  });

  test("are asked for by whom may read them", async () => {
    await askForShop(db, person("reader"), storeId, clock());
    for (const caller of [stranger, person("seller"), person("viewer")])
      await expect(askForShop(db, caller, storeId, clock())).rejects.toMatchObject({
        kind: "not_found",
      });
  });

  test("are asked of nobody for a store on pause or that allows no shop window", async () => {
    await db.update(stores).set({ isActive: false });
    await expect(askForShop(db, owner, storeId, clock())).rejects.toMatchObject({
      key: "store_paused",
    });
    await db.update(stores).set({ officialOnly: true });
    await expect(askForShop(db, owner, storeId, clock())).rejects.toMatchObject({
      kind: "official_only",
    });
  });

  test("are taken as a file by whom may read them", async () => {
    const now = clock();
    const rows = async (caller: Caller) => {
      const file = await exportReviews(db, caller, { ...everyReview, now });
      return (await new Response(file).text()).trim().split("\n").length;
    };
    expect(await rows(owner)).toBeGreaterThan(await seenBy(owner));
    expect(await rows(person("seller"))).toBe(1);
    await expect(rows(person("nobody"))).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("a card", () => {
  test("is analysed for whoever may read reviews of some store", async () => {
    const cardId = card();
    await askedCard(office, cardId, person("seller"));
    expect(await analyseCard(db, person("seller"), cardId, clock())).toMatchObject({ cardId });
    expect(await analyseCard(db, person("reader"), cardId, clock())).toMatchObject({ cardId });
    for (const caller of [person("nobody"), person("viewer")]) {
      await expect(analyseCard(db, caller, cardId, clock())).rejects.toMatchObject({
        kind: "forbidden",
      });
      await expect(askForCard(db, caller, { cardId, watch: true }, clock())).rejects.toMatchObject({
        kind: "forbidden",
      });
    }
  });

  test("nobody has asked about is none", async () => {
    expect(await analyseCard(db, owner, card(), clock())).toBeNull();
  });

  test("is in the list of who asked, until they leave it; a second question joins the first", async () => {
    const cardId = card();
    const [first, second] = await Promise.all([
      askForCard(db, owner, { cardId, watch: true }, clock()),
      askForCard(db, owner, { cardId, watch: true }, clock()),
    ]);
    expect(second).toEqual(first);
    const cards = async (caller: Caller) =>
      (await watchedCards(db, caller.id)).map((one) => one.cardId);
    expect(await cards(owner)).toContain(cardId);
    expect(await cards(person("reader"))).not.toContain(cardId);
    await expect(leaveCard(db, person("reader"), cardId, clock())).rejects.toMatchObject({
      kind: "not_found",
    });
    await leaveCard(db, owner, cardId, clock());
    expect(await cards(owner)).not.toContain(cardId);
  });

  test("of one's own store that allows no shop window is not asked about", async () => {
    const [own = ""] = await cardsOf(office, storeId, 1);
    await db.update(stores).set({ officialOnly: true });
    await expect(
      askForCard(db, owner, { cardId: own, watch: true }, clock()),
    ).rejects.toMatchObject({
      kind: "official_only",
    });
    await askForCard(db, owner, { cardId: card(), watch: true }, clock());
  });

  test("too many are read for nobody, and not too many in a row", async () => {
    const caller = person("seller");
    await db.delete(reviewWatches);
    const ids = [];
    for (let nth = 0; nth < MOST_WATCHED; nth += 1) {
      const { id } = await sourceOf(db, "card", `${100_000_000_000 + nth}`);
      ids.push({ userId: caller.id, sourceId: id, askedAt: clock() });
    }
    await db.insert(reviewWatches).values(ids);
    await expect(
      askForCard(db, caller, { cardId: card(), watch: true }, clock()),
    ).rejects.toMatchObject({
      ...{ kind: "conflict", key: "too_many_cards" },
    });
    await db.delete(paces);
    await db.delete(reviewWatches);
    const known = card();
    const ask = () => askForCard(db, caller, { cardId: known }, clock());
    for (let nth = 0; nth < 30; nth += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ kind: "rate_limited" });
    twin.advance({ ms: DAY });
    await ask();
  });

  test("nobody has more pages read for them than a day allows, whatever they ask about", async () => {
    const cardId = card();
    twin.silenceReviews({ cardId });
    twin.addReviews({ cardId, count: 450 });
    const source = await sourceOf(db, "card", cardId);
    const ask = () => askForCard(db, owner, { cardId }, clock());
    const spent = later(clock(), DAY - 30_000);
    await ask();
    await db.update(paces).set({ pacedUntil: spent }).where(eq(paces.who, pagesKey));
    await expect(ask()).rejects.toMatchObject({ key: "too_many_review_pages" });
    await expect(askForShop(db, owner, storeId, clock())).rejects.toMatchObject({
      key: "too_many_review_pages",
    });
    // The first page was taken with the question, and no more are.
    const { runId } = (await watchOf(db, { userId: owner.id, sourceId: source.id })) ?? {};
    const reading = walkNow(office, orderOf(source.id, { runId: runId ?? null }));
    await expect(reading).rejects.toMatchObject({ kind: "conflict", key: "review_pages_spent" });
    expect(twin.asked({ text: cardId })).toHaveLength(1);
    // What is read by itself is nobody's.
    twin.advance({ ms: HOUR });
    expect(await walkNow(office, orderOf(source.id))).toMatchObject({ met: 450 });
  });

  test("a shop is asked about at a pace, too", async () => {
    const ask = () => askForShop(db, owner, storeId, clock());
    for (let nth = 0; nth < 30; nth += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ kind: "rate_limited" });
  });

  test("is in a list only if that was wanted, and a question changes nothing of it", async () => {
    await db.delete(reviewWatches);
    const cardId = card();
    const cards = async () => (await watchedCards(db, owner.id)).map((one) => one.cardId);
    const first = await askForCard(db, owner, { cardId }, clock());
    expect(await cards()).toEqual([]);
    await expect(leaveCard(db, owner, cardId, clock())).rejects.toMatchObject({
      kind: "not_found",
    });
    // The reading that is under way is joined, and the card is watched from now on.
    expect(await askForCard(db, owner, { cardId, watch: true }, clock())).toEqual(first);
    expect(await cards()).toEqual([cardId]);
    await askForCard(db, owner, { cardId }, clock());
    expect(await cards()).toEqual([cardId]);
    await askForCard(db, owner, { cardId, watch: false }, clock());
    expect(await cards()).toEqual([]);
  });
});
