import { expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import { forgetOld } from "@/lib/retention/forget-old";
import { leaveCard } from "@/lib/reviews/ask-card";
import { testOffice } from "../support/office";
import { askedCard, takeCards, walkCard, walkShop } from "../support/reviews";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
const card = takeCards(office);
const keep = { marketDays: 35, historyDays: 90, decisionDays: 180 };

test("lists of reviews that nobody watches go when they are old, those of stores and of people stay", async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await walkShop(office, storeId, merchantId);
  await walkShop(office, storeId, "990001");
  const [watched, left, never] = [card(), card(), card()];
  for (const cardId of [watched, left]) await askedCard(office, cardId);
  await leaveCard(db, owner, left, clock());
  await walkCard(office, never);
  const kept = async () => (await db.select().from(reviewSources)).map(({ code }) => code).sort();
  const all = [merchantId, "990001", watched, left, never].sort();
  const sweep = (days: number) => forgetOld({ db, clock: () => later(clock(), days * DAY) }, keep);
  await sweep(89);
  expect(await kept()).toEqual(all);
  await sweep(91);
  expect(await kept()).toEqual([merchantId, watched].sort());
  expect(await db.$count(reviews)).toBeGreaterThan(0);
});
