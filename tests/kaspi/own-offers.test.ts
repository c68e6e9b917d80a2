import { expect, test } from "vitest";
import { findOwnOffer, listOwnOffers } from "@/lib/kaspi/own-offers";
import { failure, tell } from "./failures";
import { fixture } from "./fixtures";
import { cabinetAnswering, cabinetAt, startStub } from "./stub-server";

const query = { merchantUid: "6871008", page: 0 };
const row = (sku: string | number, more = {}) => ({ sku, available: true, price: 100, ...more });
const list = (data: unknown[], total = data.length) => JSON.stringify({ data, total });

async function listed(body: string) {
  const { cabinet, seen } = await cabinetAnswering({ body });
  return {
    page: await listOwnOffers(cabinet, query),
    seen,
    images: cabinet.transport.hosts.images,
  };
}

test("an offer on sale is read with its price, its point and its brand", async () => {
  const { page, images } = await listed(
    fixture("bff-offer-view-list_active_2026-09-15.response.json"),
  );
  expect(page).toMatchObject({ total: 694, unreadable: 0 });
  expect(page.offers[0]).toMatchObject({
    sku: "VE804",
    cardId: "148612962",
    offerId: "6aa8e47e7a16394b32a31f8e",
    model: "мини-диван прямой Веста, обивка велюр, 155х80х79 см, темно-серый [Anfora 27]",
    brand: "RADEYA",
    category: "Master - Sofas",
    imageUrl: `${images}/img/m/p/pbd/pb3/4320080.jpg?format=gallery-medium`,
    shopPath: "/p/radeja-mini-divan-vesta-148612962/",
    onSale: true,
    pending: false,
    price: 247_000,
    cityPrices: [{ cityId: "710000000", price: 247_000 }],
    availabilities: [
      {
        pointId: "6871008_PP3",
        available: true,
        stockManaged: false,
        stockCount: null,
        preorderDays: 11,
      },
    ],
    stock: null,
  });
  expect(page.offers[1]).toMatchObject({
    availabilities: [{ stockManaged: true, stockCount: 2, preorderDays: 0 }],
    stock: 2,
  });
});

test("a removed offer without brand, model, points and price is read all the same", async () => {
  const { page } = await listed(fixture("bff-offer-view-list_removed-offer_2025-05.response.json"));
  expect(page).toMatchObject({ total: 1, unreadable: 0 });
  const [offer] = page.offers;
  expect(offer).toMatchObject({
    sku: "113744482_000573024",
    title: "Вилка 570619 1 шт, алюминий",
    model: null,
    brand: null,
    onSale: false,
    price: null,
    minPrice: 670,
    cityPrices: null,
    availabilities: null,
    stock: null,
  });
  expect(offer?.cityPrice("750000000")).toBe(670);
});

test("an offer that is being changed says so", async () => {
  const { page } = await listed(fixture("bff-offer-view-list_in-progress.response.json"));
  expect(page.offers[0]).toMatchObject({
    pending: true,
    price: null,
    cityPrices: [{ cityId: "196220100", price: 19_790 }],
    availabilities: [{ pointId: "11843018_041600", stockCount: 4, preorderDays: 3 }],
    stock: null,
  });
});

test.each([
  [{ page: 0 }, "/bff/offer-view/list?m=6871008&p=0&l=100"],
  [{ page: 3, pageSize: 10, onSale: true }, "/bff/offer-view/list?m=6871008&p=3&l=10&a=true"],
  [{ page: 0, onSale: false }, "/bff/offer-view/list?m=6871008&p=0&l=100&a=false"],
])("pages are asked for by %j", async (part, url) => {
  const { cabinet, seen } = await cabinetAnswering({ body: list([]) });
  await listOwnOffers(cabinet, { merchantUid: "6871008", ...part });
  expect(seen[0]?.url).toBe(url);
});

test("an empty page is the end and keeps the total", async () => {
  const { page } = await listed(list([], 694));
  expect(page).toEqual({ offers: [], total: 694, unreadable: 0 });
});

test("a row that cannot be read is counted, not dropped, and the others are kept", async () => {
  const rows = [row("a"), null, row(""), row("b", { available: "yes" }), row(7)];
  const { page } = await listed(list(rows));
  expect(page.offers.map(({ sku }) => sku)).toEqual(["a", "7"]);
  expect(page).toMatchObject({ total: 5, unreadable: 3 });
});

test.each([
  "[]",
  '{"total":1}',
  '{"data":null,"total":0}',
  '{"data":[]}',
  '{"data":[],"total":-1}',
  '{"items":[],"total":0}',
])("%s is not a list", async (body) => {
  const { cabinet } = await cabinetAnswering({ body });
  const error = await failure(listOwnOffers(cabinet, query));
  expect(error).toMatchObject({
    kind: "kaspi_malformed",
    params: { path: "/bff/offer-view/list" },
  });
});

test("what Kaspi shows of a product does not get into a failure", async () => {
  const { cabinet } = await cabinetAnswering({ body: '{"data":"secret goods","total":1}' });
  expect(tell(await failure(listOwnOffers(cabinet, query)))).not.toContain("secret goods");
});

test("an article is found only by its whole self", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: list([row("A-1"), row("A"), row("A_2")]),
  });
  expect((await findOwnOffer(cabinet, { merchantUid: "1", sku: "A" }))?.sku).toBe("A");
  expect(seen[0]?.url).toBe("/bff/offer-view/list?m=1&p=0&l=10&t=A");
  expect(await findOwnOffer(cabinet, { merchantUid: "1", sku: "a" })).toBeNull();
});

/** A search by `t` over `count` articles, of which only the last is the one meant. */
async function shopWith(count: number) {
  const rows = Array.from({ length: count }, (_, index) => row(`A_${index}`));
  const stub = await startStub(({ url }) => {
    const { searchParams } = new URL(url, "http://shop");
    const [page, size] = [Number(searchParams.get("p")), Number(searchParams.get("l"))];
    return { body: list(rows.slice(page * size, (page + 1) * size), count) };
  });
  return { cabinet: cabinetAt(stub.url), seen: stub.seen };
}

test("an article behind many that look like it is found on a later page", async () => {
  const { cabinet, seen } = await shopWith(250);
  expect((await findOwnOffer(cabinet, { merchantUid: "1", sku: "A_249" }))?.sku).toBe("A_249");
  expect(seen).toHaveLength(4);
});

test("an article is called missing only after every match was seen", async () => {
  const { cabinet, seen } = await shopWith(110);
  expect(await findOwnOffer(cabinet, { merchantUid: "1", sku: "A" })).toBeNull();
  expect(seen).toHaveLength(3);
});

test("a search without an end is given up, not called missing", async () => {
  const { cabinet } = await shopWith(1_500);
  expect(await failure(findOwnOffer(cabinet, { merchantUid: "1", sku: "A" }))).toMatchObject({
    kind: "kaspi_malformed",
  });
});

test.each([
  ["an unreadable row", list([{ sku: "A" }])],
  ["rows that were counted but not sent", list([], 1)],
])("an article that may hide in %s is not called missing", async (_what, body) => {
  const { cabinet } = await cabinetAnswering({ body });
  expect(await failure(findOwnOffer(cabinet, { merchantUid: "1", sku: "A" }))).toMatchObject({
    kind: "kaspi_malformed",
  });
});

test("an article nobody has is missing", async () => {
  const { cabinet } = await cabinetAnswering({ body: list([]) });
  expect(await findOwnOffer(cabinet, { merchantUid: "1", sku: "A" })).toBeNull();
});
