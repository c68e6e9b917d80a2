import { beforeAll, describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { findProduct } from "@/lib/products/queries";
import { selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { changeBatch, changeMany, undoMany } from "@/lib/repricing/bulk/change-many";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { ruleToCopy } from "@/lib/repricing/rule/copy-rule";
import { layTemplate } from "@/lib/repricing/rule/lay-template";
import { putBackRule } from "@/lib/repricing/rule/put-back-rule";
import { ruleTemplates } from "@/lib/repricing/rule/rule-templates";
import { ownRuleOf, ruleReach, ruleVersions } from "@/lib/repricing/rule/rule-version-queries";
import { setDefaultRule, setProductRule } from "@/lib/repricing/rule/set-rule";
import { type Goods, goodsOnSale } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let storeId: string;
let goods: Goods[];
const next = () => {
  office.twin.advance({ ms: 1_000 });
  const one = goods.pop();
  if (!one) throw new Error("too few goods for these tests");
  return one.productId;
};
const tick = () => office.twin.advance({ ms: 1_000 });

async function setRule(productId: string, rule: Parameters<typeof setProductRule>[3]) {
  tick();
  await setProductRule(db, owner, productId, rule, clock());
}

async function copyTo(productId: string, from: string | null) {
  tick();
  const request = {
    selection: selectionSchema.parse({ kind: "ids", ids: [productId] }),
    change: { kind: "copy", from, rule: {} } as const,
    confirm: false,
  };
  const runId = await changeMany(db, owner, request, clock());
  while (await changeBatch(db, runId, clock()));
  return runId;
}

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  goods = await goodsOnSale(office, storeId, store.merchantId);
});

describe("the versions of a rule", () => {
  it("name who changed what, the newest first, whoever the change came from", async () => {
    const productId = next();
    await setRule(productId, { strategy: { kind: "match" } });
    await setRule(productId, { ...ruleTemplates.podium });
    const from = next();
    await setRule(from, { whenFirst: "hold" });
    const runId = await copyTo(productId, from);
    tick();
    await undoMany(db, owner, runId, clock()).then(async (undo) => {
      while (await changeBatch(db, undo, clock()));
    });
    const versions = await ruleVersions(db, owner, { productId });
    expect(versions.map(({ before, after }) => [before, after])).toEqual([
      [{ whenFirst: "hold" }, ruleTemplates.podium],
      [ruleTemplates.podium, { whenFirst: "hold" }],
      [{ strategy: { kind: "match" } }, ruleTemplates.podium],
      [{}, { strategy: { kind: "match" } }],
    ]);
    expect(versions.map(({ isOfMany }) => isOfMany)).toEqual([true, true, false, false]);
    expect(new Set(versions.map(({ by }) => by))).toEqual(new Set(["owner@example.kz"]));
  });

  it("are put back by a change that is a version itself", async () => {
    const productId = next();
    await setRule(productId, { strategy: { kind: "match" } });
    await setRule(productId, {});
    const [, old] = await ruleVersions(db, owner, { productId });
    tick();
    const asked = { owner: { productId }, versionId: old?.id ?? "", confirm: false };
    await putBackRule(db, owner, asked, clock());
    expect(await ownRuleOf(db, productId)).toEqual({ strategy: { kind: "match" } });
    const [newest] = await ruleVersions(db, owner, { productId });
    expect(newest).toMatchObject({ isPutBack: true, before: {} });
  });

  it("are put back for a store, too", async () => {
    await setDefaultRule(db, owner, storeId, { maxDrop: 7 }, clock());
    tick();
    await setDefaultRule(db, owner, storeId, {}, clock());
    const [, old] = await ruleVersions(db, owner, { storeId });
    tick();
    const asked = { owner: { storeId }, versionId: old?.id ?? "", confirm: false };
    await putBackRule(db, owner, asked, clock());
    const [newest] = await ruleVersions(db, owner, { storeId });
    expect(newest).toMatchObject({ isPutBack: true, after: { maxDrop: 7 } });
  });

  it("of another product are not found, nor by somebody who may not see it", async () => {
    const productId = next();
    await setRule(productId, { maxDrop: 5 });
    const [version] = await ruleVersions(db, owner, { productId });
    const versionId = version?.id ?? "";
    const ofOther = { owner: { productId: next() }, versionId, confirm: false };
    await expect(putBackRule(db, owner, ofOther, clock())).rejects.toMatchObject({
      kind: "not_found",
    });
    expect(await ruleVersions(db, stranger, { productId })).toEqual([]);
    const ofOwn = { owner: { productId }, versionId, confirm: false };
    await expect(putBackRule(db, stranger, ofOwn, clock())).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  it("that would leave a bot without a floor are refused", async () => {
    const productId = next();
    await setRule(productId, { floorFromCost: true });
    await setRule(productId, {});
    const { price } = await findProduct(db, owner, productId);
    await setLimits(db, owner, productId, { floor: tenge(price ?? 10) }, clock());
    await setBot(db, owner, productId, true, clock());
    const [, old] = await ruleVersions(db, owner, { productId });
    const asked = { owner: { productId }, versionId: old?.id ?? "", confirm: true };
    await expect(putBackRule(db, owner, asked, clock())).rejects.toMatchObject({
      key: "bot_needs_floor",
    });
  });
});

describe("a template", () => {
  it("leaves alone what it does not speak of", async () => {
    const productId = next();
    await setRule(productId, { maxDrop: 4, strategy: { kind: "match" } });
    tick();
    await layTemplate(db, owner, { productId, cityId: null, template: "first" }, clock());
    expect(await ownRuleOf(db, productId)).toEqual({ maxDrop: 4, ...ruleTemplates.first });
  });
});

describe("a copied rule", () => {
  it("takes the place of the whole rule, and the store's of all of it", async () => {
    const [from, to] = [next(), next()];
    await setRule(from, { strategy: { kind: "above" }, minRating: null });
    await setRule(to, { maxDrop: 3 });
    const { price } = await findProduct(db, owner, to);
    await setLimits(db, owner, to, { floor: tenge(price ?? 10) }, clock());
    await setBot(db, owner, to, true, clock());
    await copyTo(to, from);
    expect(await ownRuleOf(db, to)).toEqual({ strategy: { kind: "above" }, minRating: null });
    const reach = async () =>
      (await ruleReach(db, [storeId])).get(storeId) ?? { inherit: 0, deviate: 0 };
    const before = await reach();
    await copyTo(to, null);
    expect(await ownRuleOf(db, to)).toEqual({});
    expect(await reach()).toEqual({ inherit: before.inherit + 1, deviate: before.deviate - 1 });
  });

  it("of a product the person may not see is not found", async () => {
    await expect(ruleToCopy(db, stranger, next())).rejects.toMatchObject({ kind: "not_found" });
  });
});
