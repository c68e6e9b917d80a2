import { beforeEach, describe, expect, test } from "vitest";
import { checkAccount } from "@/lib/accounts/check-account";
import { accountsDueForCheck } from "@/lib/accounts/queries";
import { isAppError } from "@/lib/core/errors";
import { DAY, MINUTE } from "@/lib/core/time";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { productCities } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { readMarket } from "@/lib/exits/read-market";
import { cabinetWay } from "@/lib/exits/way";
import {
  cabinetEndpoints,
  identityEndpoints,
  storefrontEndpoints,
} from "@/lib/kaspi-twin/endpoints";
import { storesDueForReprice } from "@/lib/repricing/check/check-queries";
import { repriceDue, repriceOne } from "@/lib/repricing/check/reprice-store";
import { runCycle } from "@/lib/repricing/check/run-cycle";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { storesWithOpenDecisions } from "@/lib/repricing/send/publish-queries";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { storesDueForSync } from "@/lib/stores/at-work-queries";
import { diagnoseStore } from "@/lib/stores/diagnose/diagnose-store";
import { setStoreOfficialOnly } from "@/lib/stores/official-only";
import { storePage } from "@/lib/stores/page-queries";
import { stopsOf } from "@/lib/stores/page-rules";
import { refreshPoints } from "@/lib/stores/refresh-points";
import { setStorePaused } from "@/lib/stores/rest-queries";
import { testOffice } from "../support/office";
import { syncNow } from "../support/stores";
import { watchedGoods } from "../support/watched-shop";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const { storeId, shelf } = await watchedGoods(office, { many: 2 });
const [goods] = shelf;
const [account] = await db.select().from(kaspiAccounts);
if (!goods || !account) throw new Error("the shop is empty");

const turn = (officialOnly: boolean) =>
  setStoreOfficialOnly(access, owner, { storeId, officialOnly });

/** Everything of Kaspi but its official interface: whoever adds an endpoint need not add it here. */
const forbidden = new Set<string>([
  ...cabinetEndpoints,
  ...identityEndpoints,
  ...storefrontEndpoints.filter((name) => !/^(shop_|picture)/.test(name)),
]);

const asked = () => Object.keys(twin.requests()).filter((endpoint) => forbidden.has(endpoint));

/** What any job, button or command may do for a store; a refusal is fine, a call is not. */
const ways: [string, () => Promise<unknown>][] = [
  ["a sync", () => syncNow(office, storeId)],
  ["the points", () => refreshPoints(access, owner, storeId)],
  ["a check of the session", () => checkAccount(access, account.id)],
  ["a login's cabinet", () => cabinetWay(access, account.id)],
  ["a look at one product", () => repriceOne(access, owner, goods.productId)],
  ["a pricing run", () => repriceDue(access, storeId, { trigger: "schedule" })],
  ["a cycle of the command", () => runCycle(access, storeId, { dryRun: false })],
  ["sending", () => publishStore(access, storeId)],
  ["a market", () => readMarket(access, goods)],
  ["the check of the connection", () => diagnoseStore(access, owner, storeId)],
];

beforeEach(async () => {
  await turn(false);
  // What another test has left, on its way or too old to be sent, would keep this product from its next price.
  await db.delete(decisions);
  // Kaspi's price is not the one we know where such a price has left, once it is applied.
  twin.advance({ ms: MINUTE });
  await syncNow(office, storeId);
  // A price that waits to be sent and to be read back is the strongest reason to go there.
  goods.rivals(goods.kaspiPrice() - 20);
  await goods.check();
  await turn(true);
  twin.forgetRequests();
});

describe("a store of the official interface only", () => {
  test.each(ways)("asks neither the cabinet nor the shop window: %s", async (_, way) => {
    const before = goods.kaspiPrice();
    await way().catch((error: unknown) => {
      if (!isAppError(error)) throw error;
    });
    expect(asked()).toEqual([]);
    expect(goods.kaspiPrice()).toBe(before);
  });

  test.each(ways.filter(([name]) => !/^a login's/.test(name)))(
    "loses something by that: %s asks when it may",
    async (_, way) => {
      await turn(false);
      await db.update(productCities).set({ nextCheckAt: access.clock() });
      await way();
      expect(asked()).not.toEqual([]);
    },
  );

  test("does not read back what was sent before, until it may", async () => {
    await turn(false);
    await goods.publish();
    await turn(true);
    twin.advance({ ms: MINUTE });
    twin.forgetRequests();
    await confirmStore(access, storeId);
    expect(asked()).toEqual([]);
    await turn(false);
    await confirmStore(access, storeId);
    expect(asked()).toEqual(["list"]);
  });

  test("is nobody's business: no job finds it", async () => {
    twin.advance({ ms: DAY });
    const now = access.clock();
    expect(await storesDueForSync(db, now)).toEqual([]);
    expect(await storesDueForReprice(db, now)).toEqual([]);
    expect(await accountsDueForCheck(db, now)).toEqual([]);
    expect(await storesWithOpenDecisions(db, now)).toEqual({ publish: [], confirm: [] });
  });

  test("says so on its page, and in the decision that waits", async () => {
    const { facts } = await storePage(db, owner, storeId, access.clock());
    expect(stopsOf(facts, access.clock())).toContainEqual({ kind: "official" });
    expect((await goods.product()).lastDecision).toMatchObject({ stateReason: "official_only" });
  });

  test("goes on from where it stood when it may ask again", async () => {
    await turn(false);
    const before = goods.kaspiPrice();
    await goods.cycle();
    expect(goods.kaspiPrice()).toBeLessThan(before);
    twin.advance({ ms: DAY });
    expect(await storesDueForSync(db, access.clock())).toEqual([storeId]);
  });

  test("stays so when its pause ends, and paused when it may ask again", async () => {
    const pause = (paused: boolean) =>
      setStorePaused(db, owner, { storeId, paused }, access.clock());
    const why = async () => (await goods.product()).lastDecision?.stateReason;
    await pause(true);
    expect(await why()).toBe("official_only");
    await pause(false);
    expect(await why()).toBe("official_only");
    await pause(true);
    await turn(false);
    expect(await why()).toBe("store_paused");
    await pause(false);
    expect(await why()).toBeNull();
  });

  test("is switched by those who may change it", async () => {
    const input = { storeId, officialOnly: false };
    const by = setStoreOfficialOnly(access, stranger, input);
    await expect(by).rejects.toMatchObject({ kind: "not_found" });
  });
});
