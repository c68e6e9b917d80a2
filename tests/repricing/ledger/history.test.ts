import { beforeAll, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { productHistory } from "@/lib/repricing/ledger/history-queries";
import { goodsOnSale } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const DECISIONS = 65;
let productId = "";

/** More than two pages of decisions, all of one moment: only their order in the ledger tells them apart. */
beforeAll(async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [goods] = await goodsOnSale(office, storeId, merchantId);
  productId = goods?.productId ?? "";
  const now = access.clock();
  for (let nth = 1; nth <= DECISIONS; nth += 1) {
    const hand = { price: tenge(1_000 + nth), hold: false, confirm: true };
    await setPriceByHand(access.db, owner, productId, hand, now);
  }
});

const page = (before: Parameters<typeof productHistory>[3] = null, caller = owner) =>
  productHistory(access.db, caller, productId, before);

test("turning the pages shows every decision once, the newest first, whatever their moments", async () => {
  const prices: (number | null)[] = [];
  for (let shown = await page(); ; shown = await page(shown.entries.at(-1))) {
    prices.push(...shown.entries.map(({ price }) => price));
    if (!shown.hasMore) break;
  }
  expect(prices).toEqual(Array.from({ length: DECISIONS }, (_, nth) => 1_000 + DECISIONS - nth));
});

test("a stranger sees none of it", async () => {
  expect(await page(null, stranger)).toEqual({ entries: [], hasMore: false });
});
