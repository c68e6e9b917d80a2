import { expect, test } from "vitest";
import { type FaultName, faultNames, faults } from "@/lib/kaspi-twin/faults";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { differences, sample } from "./same-shape";
import { twinForTest, Visitor, visitorInside } from "./visitor";

const almaty = "750000000";
const merchantUid = "17203946";
const list = `/bff/offer-view/list?m=${merchantUid}&l=10`;

function offerOf(twin: Twin) {
  const [offer] = twin.offers({ merchantUid, onSale: true, limit: 1 });
  if (!offer) throw new Error("the shop is empty");
  return offer;
}

async function inside(name: FaultName, more: object = {}) {
  const twin = await twinForTest();
  const visitor = await visitorInside(twin, "small");
  twin.setFault({ name, ...more });
  return { twin, visitor, offer: offerOf(twin) };
}

test("every fault is described, belongs to a part of the sheet, and is off at first", async () => {
  const twin = await twinForTest();
  expect(twin.faults().on).toEqual([]);
  for (const name of faultNames) {
    expect(faults[name].about.length, name).toBeGreaterThan(10);
    expect(faults[name].at.length, name).toBeGreaterThan(0);
  }
  const assumed = Object.entries(faults).filter(([, note]) => "assumption" in note);
  expect(assumed.map(([name]) => name)).toEqual([
    "cabinet_refuses_address",
    "login_page_remembers",
    "list_finds_nothing",
    "file_unfinished",
    "storefront_html",
    "reviews_repeat_page",
    "reviews_endless",
    "reviews_odd_dates",
    "reviews_bad_row",
    "reviews_wrong_total",
    "reviews_empty_page",
    "reviews_refused",
    "reviews_small_pages",
    "orders_arrive",
    "orders_left_out",
    "orders_terse",
    "order_fails",
    "code_without_archive",
    "preorder_stays",
    "order_tabs_gone",
    "limit_250",
    "pricefeed_error_bodies",
    "su_as_map",
    "choice_skipped",
    "session_lifetime",
    "unlisted_cities_unsold",
    "stock_count_delists",
  ]);
});

test.each([
  ["server_error", { status: 503 }, 503, "text/html"],
  ["session_401", {}, 401, ""],
  ["session_403", {}, 403, ""],
  ["cabinet_refuses_address", {}, 403, "text/html"],
  ["session_302", {}, 302, ""],
  ["session_login_page", {}, 200, "text/html"],
  ["list_fails", {}, 500, ""],
] as const)("%s spoils the list", async (name, more, status, type) => {
  const { visitor, twin } = await inside(name, more);
  const answer = await visitor.cabinet(list);
  expect([answer.status, answer.headers.get("content-type")?.split(";")[0] ?? ""]).toEqual([
    status,
    type,
  ]);
  if (status === 302) expect(answer.headers.get("location")).toBe(`${twin.urls.id}/login`);
  twin.clearFaults({ name });
  expect((await visitor.cabinet(list)).status).toBe(200);
});

test.each([
  ["storefront_403", 403, "text/html"],
  ["storefront_405", 405, "application/json"],
  ["storefront_429", 429, undefined],
  ["storefront_html", 200, "text/html"],
] as const)("%s spoils the market", async (name, status, type) => {
  const { visitor, offer } = await inside(name);
  const answer = await visitor.offers(offer.cardId, { cityId: almaty });
  const given = answer.headers.get("content-type")?.split(";")[0];
  expect([answer.status, given]).toEqual([status, type]);
  if (status === 429) expect(answer.headers.get("retry-after")).toBe("15");
  if (status === 405) {
    const recorded = sample("offer-view-offers_error_405.json");
    expect(differences(recorded, await answer.json())).toEqual([]);
  }
});

test("a connection can break before the answer, or in its middle", async () => {
  const { visitor, twin } = await inside("connection_reset", { at: ["list"], times: 1 });
  await expect(visitor.cabinet(list)).rejects.toThrow();
  twin.setFault({ name: "half_answer", at: ["list"], times: 1 });
  const answer = await visitor.cabinet(list);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect((await visitor.cabinet(list)).status).toBe(200);
});

test("a write whose answer is lost was made all the same", async () => {
  const { visitor, twin, offer } = await inside("answer_lost", { at: ["process"] });
  const { sku } = offer;
  await expect(visitor.write({ merchantUid, sku, price: 4_321 })).rejects.toThrow();
  twin.advance({ ms: 7_000 });
  expect(twin.offer({ merchantUid, sku }).price).toBe(4_321);
});

test("JSON can come cut short under the right length", async () => {
  const { visitor } = await inside("garbled_json");
  const text = await (await visitor.cabinet(list)).text();
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test("a slow answer comes, late", async () => {
  const { visitor } = await inside("slow", { ms: 30, at: ["list"] });
  const started = performance.now();
  expect((await visitor.cabinet(list)).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(29);
});

test("the list can repeat its first page, lie about the total and hold nonsense", async () => {
  const { visitor, twin } = await inside("list_repeats_page");
  const first = await visitor.rows(`m=${merchantUid}&p=0&l=10`);
  expect((await visitor.rows(`m=${merchantUid}&p=3&l=10`)).data).toEqual(first.data);
  twin.setFault({ name: "list_wrong_total", by: -2 });
  expect((await visitor.rows(`m=${merchantUid}`)).total).toBe(48);
  twin.setFault({ name: "list_bad_row" });
  const { data } = await visitor.rows(`m=${merchantUid}`);
  expect(data[1]).toMatchObject({ sku: null, available: "yes" });
  expect(data).toHaveLength(10);
});

test("a search of the list can find nothing of one article, which is there all the same", async () => {
  const { visitor, twin, offer } = await inside("list_finds_nothing");
  const search = async () => (await visitor.rows(`m=${merchantUid}&t=${offer.sku}`)).data.length;
  expect([await search(), (await visitor.rows(`m=${merchantUid}`)).total]).toEqual([0, 50]);
  twin.setFault({ name: "list_finds_nothing", sku: "another" });
  expect(await search()).toBe(1);
});

test("a fault can be narrowed to a page, to a few times and to later calls", async () => {
  const { visitor, twin } = await inside("list_fails", { page: 2 });
  const status = async (page: number) => (await visitor.cabinet(`${list}&p=${page}`)).status;
  expect([await status(1), await status(2), await status(3)]).toEqual([200, 500, 200]);
  twin.setFault({ name: "list_fails", after: 1, times: 2 });
  const statuses = [];
  for (let call = 0; call < 5; call++) statuses.push(await status(0));
  expect(statuses).toEqual([200, 500, 500, 200, 200]);
  expect(twin.faults().on).toMatchObject([{ name: "list_fails", struck: 2 }]);
});

test("writes can be throttled, lost and late", async () => {
  const { visitor, twin, offer } = await inside("writes_throttled", { times: 1 });
  const { sku } = offer;
  const write = async (price: number) => (await visitor.write({ merchantUid, sku, price })).status;
  const price = () => twin.offer({ merchantUid, sku }).price;
  expect(await write(4_000)).toBe(429);

  twin.setFault({ name: "write_lost", times: 1, sku });
  expect(await write(4_100)).toBe(200);
  twin.advance({ ms: 60 * 60_000 });
  expect(price()).toBe(offer.price);

  twin.setFault({ name: "write_delay", ms: 60_000, times: 1 });
  expect(await write(4_200)).toBe(200);
  twin.advance({ ms: 59_000 });
  expect(price()).toBe(offer.price);
  twin.advance({ ms: 1_000 });
  expect(price()).toBe(4_200);
  expect(twin.writes({ sku }).map(({ outcome, why }) => [outcome, why])).toEqual([
    ["refused", "throttled"],
    ["ignored", "lost"],
    ["applied", null],
  ]);
});

test("the identity host can refuse the address with a page", async () => {
  const twin = await twinForTest();
  twin.setFault({ name: "id_refuses_address" });
  const visitor = new Visitor(twin);
  const login = await visitor.logIn({ _u: "demo@duken.kz", _p: "demo-kaspi" });
  expect([login.status, login.headers.get("content-type")?.split(";")[0]]).toEqual([
    403,
    "text/html",
  ]);
  expect((await visitor.ask(`${twin.urls.id}/login`)).status).toBe(403);
});

test("any login can be asked for a code, or be flooded", async () => {
  const twin = await twinForTest();
  const demo = { _u: "demo@duken.kz", _p: "demo-kaspi" };
  twin.setFault({ name: "mail_code" });
  expect(await (await new Visitor(twin).logIn(demo)).json()).toEqual({ email: "de***@duken.kz" });
  twin.setFault({ name: "login_flood", ms: 90_000 });
  expect(await (await new Visitor(twin).logIn(demo)).json()).toEqual({
    errorCode: "MFA_SEND_FLOOD",
    errorData: { breakTimeSeconds: 90 },
  });
});

test("assumption: a session lives for a time only", async () => {
  const { visitor, twin } = await inside("session_lifetime", { ms: 60_000 });
  expect((await visitor.cabinet("/s/m")).status).toBe(200);
  twin.advance({ ms: 61_000 });
  expect((await visitor.cabinet("/s/m")).status).toBe(401);
});

test("assumption: the price feed explains its refusals", async () => {
  const { visitor } = await inside("pricefeed_error_bodies");
  const answer = await visitor.write({ merchantUid, sku: "unknown", price: 100 });
  expect(await answer.json()).toEqual({ code: 400, message: "unknown sku" });
});

test("assumption: the shops to choose from are a map", async () => {
  const twin = await twinForTest();
  twin.setFault({ name: "su_as_map" });
  const answer = await new Visitor(twin).logIn({ _u: "choose@duken.kz", _p: "choose-kaspi" });
  expect(await answer.json()).toEqual({
    su: { "30901122": "Первый из двух", "30901133": "Второй из двух" },
  });
});

test("assumption: cities without a price of their own are not sold to", async () => {
  const { visitor, twin, offer } = await inside("unlisted_cities_unsold");
  const { sku, cardId } = offer;
  twin.changeOffer({ merchantUid, sku, cityPrices: [{ cityId: almaty, value: 4_321 }] });
  const { data } = await visitor.rows(`m=${merchantUid}&t=${sku}`);
  expect(Object.keys(data[0]?.allCityPrices ?? {})).toEqual([almaty]);
  const sellers = (cityId: string) =>
    twin.market({ cardId, cityId }).map(({ merchantId }) => merchantId);
  expect(sellers(almaty)).toContain(merchantUid);
  expect(sellers("710000000")).not.toContain(merchantUid);
});

test("assumption: counting the stock of an uncounted offer removes it", async () => {
  const { visitor, twin, offer } = await inside("stock_count_delists");
  const { sku } = offer;
  const availabilities = [{ available: "yes", storeId: `${merchantUid}_PP1`, stockCount: 1 }];
  await visitor.write({ merchantUid, sku, availabilities });
  twin.advance({ ms: 7_000 });
  expect(twin.offer({ merchantUid, sku }).onSale).toBe(false);
});
