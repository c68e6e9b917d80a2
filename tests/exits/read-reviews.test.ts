import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE, SECOND } from "@/lib/core/time";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import { notices } from "@/lib/db/schema/workspace";
import { createAccess } from "@/lib/exits/access";
import { restExit } from "@/lib/exits/health-queries";
import { readMarket } from "@/lib/exits/read-market";
import { readReviews } from "@/lib/exits/read-reviews";
import { testOffice } from "../support/office";

const office = await testOffice({ startAt: new Date("2026-03-02T12:00:00Z") });
const { twin } = office;
const { db, clock, vault, hosts } = office.access;
const newProcess = () =>
  createAccess({ db, clock, vault, hosts, chromiumPath: null, timeoutMs: 1_000 });
let access = newProcess();

const [cardId = "", other = ""] = twin
  .offers({ merchantUid: "30518274", limit: 2 })
  .map((offer) => offer.cardId);
const read = (code = cardId) =>
  readReviews(access, { storeId: null, of: { kind: "card", code }, page: 0, perPage: 200 });
const failed = async (code = cardId) => {
  await expect(read(code)).rejects.toMatchObject({ key: "reviews_unread" });
};
const market = () => readMarket(access, { storeId: null, cardId, cityId: "750000000" });
const asked = () => twin.requests().card_reviews?.total ?? 0;
const exit = async () => (await db.select().from(exits))[0];

beforeEach(async () => {
  access = newProcess();
  twin.clearFaults();
  twin.forgiveLimits();
  twin.forgetRequests();
  await db.delete(kaspiCircuits);
  await db.delete(notices);
  await db
    .update(exits)
    .set({ restingUntil: null, restReason: null, restsInRow: 0, nextSlotAt: null });
});

type Fault = Parameters<typeof twin.setFault>[0];
const refusals: [string, Fault][] = [
  ["405, as a call that has moved", { name: "reviews_refused" }],
  ["a page", { name: "storefront_html", at: ["card_reviews"] }],
  ["429", { name: "storefront_429", at: ["card_reviews"], ms: 90_000 }],
];

describe.each(refusals)("reviews answered with %s", (_, fault) => {
  test("rest all together, and the market goes on through the same address", async () => {
    twin.setFault(fault);
    await failed();
    // Another list and another process: the rest is theirs, too.
    access = newProcess();
    const before = await exit();
    await failed(other);
    expect(asked()).toBe(1);
    expect(await exit()).toMatchObject({ restingUntil: null, restsInRow: 0 });
    // Nobody was given a moment of the address that would be of no use.
    expect((await exit())?.nextSlotAt).toEqual(before?.nextSlotAt);
    expect(await db.select().from(notices)).toEqual([]);
    expect(await market()).toMatchObject({ kind: "seen" });
  });

  test("are asked for again after a pause, one call first", async () => {
    twin.setFault(fault);
    await failed();
    twin.advance({ ms: 2 * MINUTE });
    access = newProcess();
    await failed();
    await failed(other);
    expect(asked()).toBe(2);
    twin.clearFaults();
    twin.advance({ ms: 5 * MINUTE });
    access = newProcess();
    await read();
    await read(other);
  });
});

test("a pause that Kaspi asks for is kept", async () => {
  twin.setFault({ name: "storefront_429", at: ["card_reviews"], ms: 90_000, times: 1 });
  await failed();
  twin.advance({ ms: 80 * SECOND });
  access = newProcess();
  await failed();
  twin.advance({ ms: 15 * SECOND });
  access = newProcess();
  await read();
});

test("a 403 is about the address: it rests", async () => {
  twin.setFault({ name: "storefront_403", at: ["card_reviews"] });
  await failed();
  expect((await exit())?.restsInRow).toBe(1);
});

test("an answer about reviews does not say that the market is answered", async () => {
  const id = (await exit())?.id ?? "";
  await restExit(db, id, "kaspi_address_refused", 15 * SECOND, clock());
  twin.advance({ ms: 20 * SECOND });
  await read();
  expect((await exit())?.restsInRow).toBe(1);
  expect(await market()).toMatchObject({ kind: "seen" });
  expect((await exit())?.restsInRow).toBe(0);
});
