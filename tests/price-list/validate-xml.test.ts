import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import type { ListHead, ListOffer } from "@/lib/price-list/model";
import { validateXml } from "@/lib/price-list/validate-xml";
import { withoutForbidden, XML_FOOT, xmlHead, xmlOffer } from "@/lib/price-list/write-xml";

const sample = (name: string) =>
  readFileSync(path.join(import.meta.dirname, "../fixtures/kaspi", name));
const anybody = { merchantId: null, points: null, cities: null };

async function read(
  xml: Uint8Array | string,
  context = anybody as Parameters<typeof validateXml>[1],
) {
  const offers: ListOffer[] = [];
  const bytes = typeof xml === "string" ? Buffer.from(xml) : xml;
  const { head, rows, findings } = await validateXml(bytes, context, (offer) => {
    offers.push(offer);
  });
  return { head, rows, offers, errors: findings.errors, findings: findings.first() };
}

const head: ListHead = { company: "ИП Тест", merchantId: "30067228", date: "2026-11-22 06:30" };
const shell = (offers: string) => xmlHead(head) + offers + XML_FOOT;
const offer: ListOffer = {
  sku: "A-1",
  model: "Товар",
  brand: null,
  points: [{ id: "30067228_PP1", available: true, leadDays: null, count: null }],
  prices: { kind: "common", price: tenge(1_000) },
};
const keysOf = async (xml: string, context?: Parameters<typeof read>[1]) =>
  (await read(xml, context)).findings.map(({ key }) => key);

test("the official sample is understood as it is meant", async () => {
  const { head, offers, errors } = await read(sample("price-list_official-sample.xml"));
  expect(errors).toBe(0);
  expect(head).toEqual({ company: "CompanyName", merchantId: "CompanyID", date: "string" });
  expect(offers).toEqual([
    {
      sku: "232130213",
      model: "iphone 5s white 32gb",
      brand: "Apple",
      points: [
        { id: "PP1", available: true, leadDays: 5, count: 10 },
        { id: "PP2", available: false, leadDays: null, count: null },
      ],
      prices: {
        kind: "cities",
        prices: [
          { cityId: "750000000", price: 192_000 },
          { cityId: "710000000", price: 195_000 },
        ],
      },
    },
    {
      sku: "232130214",
      model: "iphone 5s black 32gb",
      brand: "Apple",
      points: [{ id: "PP1", available: true, leadDays: null, count: null }],
      prices: { kind: "common", price: 192_000 },
    },
  ]);
});

test("a real feed is taken whole", async () => {
  const { offers, errors, rows } = await read(sample("price-list_real-feed_2025-10-08.xml"));
  expect({ errors, rows, understood: offers.length }).toEqual({
    errors: 0,
    rows: 20,
    understood: 20,
  });
});

test("Kaspi's own export is taken, its counts written as 2.0 too", async () => {
  const { offers, errors } = await read(sample("export_ACTIVE_2026-09-15.xml"));
  expect(errors).toBe(0);
  expect(offers[0]?.points).toEqual([
    { id: "6871008_PP4", available: true, leadDays: null, count: 1 },
    { id: "6871008_PP3", available: true, leadDays: null, count: 2 },
  ]);
  expect(offers[1]?.points[0]?.leadDays).toBe(11);
});

test("what Kaspi refused is refused for the reason Kaspi had", async () => {
  const { findings, offers } = await read(sample("price-list_rejected-by-kaspi.xml"));
  expect(findings[0]).toMatchObject({ key: "points_missing", row: 1, sku: "BROKEN" });
  expect(findings).toContainEqual(
    expect.objectContaining({ key: "misplaced", row: 1, value: "availability" }),
  );
  expect(offers).toEqual([]);
});

test.each<[string, string, string[]]>([
  ["no XML", "<kaspi_catalog", ["not_xml"]],
  ["a page", "<html></html>", ["wrong_root", "no_offers", "missing_company", "missing_merchant"]],
  [
    "an entity of its own",
    `<!DOCTYPE x [<!ENTITY a "b">]><kaspi_catalog xmlns="kaspiShopping">&a;</kaspi_catalog>`,
    ["not_xml"],
  ],
  ["no offers", shell(""), ["no_offers"]],
  [
    "another namespace",
    shell(xmlOffer(offer)).replace("kaspiShopping", "shop"),
    ["wrong_namespace"],
  ],
  [
    "a brand before its model",
    shell(
      xmlOffer({ ...offer, brand: "B" }).replace(
        /(<model>.*<\/model>)\s*(<brand>.*<\/brand>)/,
        "$2$1",
      ),
    ),
    ["misplaced"],
  ],
  [
    "an unknown element",
    shell(xmlOffer(offer).replace("<model>", "<old>1</old><model>")),
    ["misplaced"],
  ],
  [
    "two prices",
    shell(xmlOffer(offer).replace("</price>", "</price><price>2000</price>")),
    ["misplaced"],
  ],
  ["tiyn", shell(xmlOffer(offer).replace("1000", "1000.50")), ["price_unclear"]],
  ["a space in a price", shell(xmlOffer(offer).replace("1000", "1 000")), ["price_unclear"]],
  ["nine tenge", shell(xmlOffer(offer).replace("1000", "9")), ["price_too_low"]],
  ["nothing for a price", shell(xmlOffer(offer).replace("1000", "")), ["price_unclear"]],
  [
    "31 days",
    shell(xmlOffer(offer).replace(" storeId", ' preOrder="31" storeId')),
    ["days_out_of_range"],
  ],
  [
    "half a piece",
    shell(xmlOffer(offer).replace(" storeId", ' stockCount="2.5" storeId')),
    ["count_unclear"],
  ],
  ["a point twice", shell(xmlOffer(offer).replace(/<availability .*\/>/, "$&$&")), ["point_twice"]],
  [
    "no word of yes or no",
    shell(xmlOffer(offer).replace('"yes"', '"true"')),
    ["availability_unclear"],
  ],
  ["an article twice", shell(xmlOffer(offer) + xmlOffer(offer)), ["sku_twice"]],
  ["no article", shell(xmlOffer({ ...offer, sku: "" })), ["sku_missing"]],
  ["no name", shell(xmlOffer({ ...offer, model: "" })), ["model_missing"]],
])("%s is found", async (_, xml, keys) => {
  expect(await keysOf(xml)).toEqual(keys);
});

test("what is somebody else's is found by who knows whose list it is", async () => {
  const ours = {
    merchantId: "1",
    points: new Set(["1_PP1"]),
    cities: new Set(["710000000"]),
  };
  const cities = { kind: "cities", prices: [{ cityId: "770000000", price: tenge(10) }] } as const;
  expect(await keysOf(shell(xmlOffer({ ...offer, prices: cities })), ours)).toEqual([
    "point_foreign",
    "other_merchant",
    "city_unknown",
  ]);
});

/** What no XML can hold is left out by the writer. */
const text = fc
  .string({ unit: "binary", minLength: 1, maxLength: 30 })
  .filter((value) => withoutForbidden(value) === value && value.trim() !== "");
const price = fc.integer({ min: 10, max: 999_999_999 }).map((value) => value as Tenge);
const anyOffer: fc.Arbitrary<ListOffer> = fc.record({
  sku: text,
  model: text,
  brand: fc.option(text),
  points: fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[A-Z0-9]{1,8}$/).map((code) => `30067228_${code}`),
      available: fc.boolean(),
      leadDays: fc.option(fc.integer({ min: 1, max: 30 })),
      count: fc.option(fc.nat(100_000)),
    }),
    { minLength: 1, maxLength: 6, selector: ({ id }) => id },
  ),
  prices: fc.oneof(
    price.map((value) => ({ kind: "common" as const, price: value })),
    fc
      .uniqueArray(fc.record({ cityId: fc.stringMatching(/^[0-9]{9}$/), price }), {
        minLength: 1,
        maxLength: 5,
        selector: ({ cityId }) => cityId,
      })
      .map((prices) => ({ kind: "cities" as const, prices })),
  ),
});

test("whatever is written is read as it was", async () => {
  const lists = fc.uniqueArray(anyOffer, {
    minLength: 1,
    maxLength: 5,
    selector: ({ sku }) => sku,
  });
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const { offers, errors } = await read(shell(list.map(xmlOffer).join("")));
      expect(errors).toBe(0);
      expect(offers).toEqual(list);
    }),
    { numRuns: 300 },
  );
});
