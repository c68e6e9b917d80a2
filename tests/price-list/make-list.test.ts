import { gunzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { makeList } from "@/lib/price-list/make-list";
import type { ListOffer } from "@/lib/price-list/model";
import { validateXml } from "@/lib/price-list/validate-xml";
import { versionContent } from "@/lib/price-list/version-queries";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { db } = office.access;
const demo = { email: "demo@duken.kz", password: "demo-kaspi" };
let storeId: string;

beforeAll(async () => {
  ({ storeId } = await connectedStore(office, demo));
  await syncNow(office, storeId);
});

async function store() {
  const [row] = await db.select().from(stores).where(eq(stores.id, storeId));
  if (!row) throw new Error("no store");
  return row;
}

const byCity = (one: { cityId: string }, other: { cityId: string }) =>
  one.cityId < other.cityId ? -1 : 1;

async function made() {
  const version = await makeList(office.access, await store(), {
    why: "person",
    by: office.owner.id,
  });
  const { xml, findings } = await versionContent(db, version.id);
  const offers: ListOffer[] = [];
  await validateXml(gunzipSync(xml), { merchantId: null, points: null, cities: null }, (offer) => {
    offers.push(offer);
  });
  return { version, findings, offers };
}

test("everything on sale is in the list, as Kaspi shows it", async () => {
  const { version, findings, offers } = await made();
  const onSale = await db.$count(products, eq(products.onSale, true));
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect({ errors: version.errors, offers: version.offers }).toEqual({ errors: 0, offers: onSale });
  const shown = new Map(
    office.twin
      .offers({ merchantUid: (await store()).merchantId, limit: 1_000 })
      .map((one) => [one.sku, one]),
  );
  expect(offers.length).toBe(onSale);
  for (const offer of offers) {
    const there = shown.get(offer.sku);
    const said =
      offer.prices.kind === "common"
        ? { price: offer.prices.price }
        : {
            cityPrices: offer.prices.prices.map(({ cityId, price }) => ({ cityId, value: price })),
          };
    // With prices by city the common one says nothing to buyers, and a file has room for one kind.
    const truth = there?.cityPrices
      ? { cityPrices: there.cityPrices.toSorted(byCity) }
      : { price: there?.price };
    expect("cityPrices" in said ? { cityPrices: said.cityPrices?.toSorted(byCity) } : said).toEqual(
      truth,
    );
    expect(offer.model).toBe(there?.model ?? there?.title);
  }
});
