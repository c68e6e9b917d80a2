import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startTwin, type Twin } from "@/lib/kaspi-twin/twin";
import { friday, twinForTest, Visitor, visitorInside } from "./visitor";

const merchantUid = "17203946";
const almaty = "750000000";

async function control(twin: Twin, name: string, argument?: unknown) {
  const body = argument === undefined ? null : JSON.stringify(argument);
  const answer = await fetch(`${twin.urls.control}/${name}`, { method: "POST", body });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

function stateFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "twin-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return path.join(folder, "data", "twin.json");
}

test("what a method does, the control server does too", async () => {
  const twin = await twinForTest();
  const [offer] = twin.offers({ merchantUid, limit: 1 });
  const which = { merchantUid, sku: offer?.sku ?? "" };
  expect((await control(twin, "offer", which)).body).toEqual(twin.offer(which));
  const changed = await control(twin, "changeOffer", { ...which, price: 4_321 });
  expect(changed.body).toMatchObject({ price: 4_321 });
  expect(twin.offer(which).price).toBe(4_321);

  const before = twin.now().now;
  await control(twin, "advance", { ms: 3_600_000 });
  expect(twin.now().now - before).toBeGreaterThanOrEqual(3_600_000);
  expect((await control(twin, "freezeMarket")).body).toBeNull();
});

test("the control server lists its controls and explains what it refuses", async () => {
  const twin = await twinForTest();
  const list = (await (await fetch(twin.urls.control)).json()) as object;
  expect(list).toMatchObject({
    advance: { about: expect.any(String), argument: { required: ["ms"] } },
    setFault: { about: expect.any(String) },
  });
  expect((await control(twin, "explode")).status).toBe(404);
  expect((await control(twin, "toString")).status).toBe(404);
  expect((await control(twin, "advance", { ms: "soon" })).status).toBe(400);
  expect((await control(twin, "setFault", { name: "no_such_fault" })).status).toBe(400);
  const unknown = await control(twin, "offer", { merchantUid, sku: "unknown" });
  expect(unknown).toMatchObject({
    status: 404,
    body: { error: expect.stringContaining("unknown") },
  });
});

test("an offer can be changed in every respect", async () => {
  const twin = await twinForTest();
  const visitor = await visitorInside(twin, "small");
  const [offer] = twin.offers({ merchantUid, onSale: true, limit: 1 });
  const sku = offer?.sku ?? "";
  const points = [{ pointId: `${merchantUid}_PP1`, available: true, stockCount: 3, preOrder: 0 }];
  const cityPrices = [{ cityId: almaty, value: 700 }];
  twin.changeOffer({ merchantUid, sku, price: null, cityPrices, model: "Другое имя", points });
  const { data } = await visitor.rows(`m=${merchantUid}&t=${sku}`);
  expect(data[0]).toMatchObject({
    price: 0,
    minPrice: 700,
    model: "Другое имя",
    title: "Другое имя",
    stocks: [{ stockLevel: { [`${merchantUid}_PP1`]: { value: 3 } } }],
  });
  twin.changeOffer({ merchantUid, sku, price: 800 });
  expect(twin.offer({ merchantUid, sku })).toMatchObject({ price: 800, cityPrices, points });
});

test("requests are counted by endpoint and answer", async () => {
  const twin = await twinForTest();
  const visitor = await visitorInside(twin, "small");
  twin.forgetRequests();
  await visitor.cabinet(`/bff/offer-view/list?m=${merchantUid}&l=1`);
  await visitor.cabinet("/bff/offer-view/list?m=30518274&l=1");
  await new Visitor(twin).cabinet("/s/m");
  expect(twin.requests()).toEqual({
    list: { total: 2, byStatus: { 200: 1, 403: 1 } },
    merchants: { total: 1, byStatus: { 401: 1 } },
  });
});

test("the log tells each write's body, time and login, and can be emptied", async () => {
  const twin = await twinForTest();
  const visitor = await visitorInside(twin, "small");
  const [offer] = twin.offers({ merchantUid, limit: 1 });
  const body = { merchantUid, sku: offer?.sku, price: 4_321 };
  const at = twin.now().now;
  await visitor.write(body);
  const [record] = twin.writes({ merchantUid });
  expect(record).toMatchObject({ body, email: "small@duken.kz", outcome: "pending", status: 200 });
  expect(record?.at).toBeGreaterThanOrEqual(at);
  twin.advance({ ms: 7_000 });
  expect(twin.writes()[0]?.outcome).toBe("applied");
  twin.forgetWrites();
  expect(twin.writes()).toEqual([]);
});

test("prices, waiting writes, sessions, rivals and the clock outlive a restart", async () => {
  const file = stateFile();
  const first = await startTwin({ stateFile: file, startAt: friday });
  const visitor = await visitorInside(first, "small");
  const offers = first.offers({ merchantUid, onSale: true, limit: 2 });
  const [done, waiting] = offers.map(({ sku }) => sku);
  const place = { cardId: offers[0]?.cardId ?? "", cityId: almaty };
  first.setRivals({ ...place, rivals: [{ merchantId: "111", price: 50 }] });
  await visitor.write({ merchantUid, sku: done, price: 4_321 });
  first.advance({ ms: 3_600_000 });
  await visitor.write({ merchantUid, sku: waiting, price: 4_000 });
  const { now } = first.now();
  await first.stop();

  const twin = await twinForTest({ stateFile: file });
  const returning = new Visitor(twin);
  for (const [name, value] of visitor.cookies) returning.cookies.set(name, value);
  expect((await returning.cabinet("/s/m")).status).toBe(200);
  expect(twin.now().now).toBeGreaterThanOrEqual(now);
  expect(twin.offer({ merchantUid, sku: done ?? "" }).price).toBe(4_321);
  expect(twin.offer({ merchantUid, sku: waiting ?? "" })).toMatchObject({ pending: true });
  expect(twin.market(place)[0]).toMatchObject({ merchantId: "111", price: 50 });
  twin.advance({ ms: 7_000 });
  expect(twin.offer({ merchantUid, sku: waiting ?? "" }).price).toBe(4_000);
  expect((await returning.walkChain()).at(-1)?.status).toBe(200);
});

test("a state of another seed is left alone at the start", async () => {
  const file = stateFile();
  const first = await startTwin({ stateFile: file, seed: "one" });
  first.setPassword({ email: "demo@duken.kz", password: "changed" });
  await first.stop();
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ seed: "one" });
  const other = await twinForTest({ stateFile: file, seed: "two" });
  const demo = other.about().logins.find(({ email }) => email === "demo@duken.kz");
  expect(demo?.password).toBe("demo-kaspi");
});

test("a taken port stops the start and leaves nothing listening", async () => {
  const twin = await twinForTest();
  const taken = Number(new URL(twin.urls.control).port);
  await expect(startTwin({ ports: [0, 0, 0, taken] })).rejects.toThrow("EADDRINUSE");
});
