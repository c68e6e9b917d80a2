import { beforeEach, describe, expect, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { preorders } from "@/lib/db/schema/preorders";
import { lookForPreorders } from "@/lib/preorders/look-store";
import { sendPreorders } from "@/lib/preorders/send-store";
import { apiOffice } from "../support/api";
import { fullShelf } from "../support/shelf";

const office = await apiOffice();
const { call, access, twin } = office;
const shelf = await fullShelf(office);
const { storeId, merchantUid } = shelf;

beforeEach(async () => {
  await access.db.delete(preorders);
});

const body = (rest: object = {}) => ({
  ...{ store_id: storeId, product_id: shelf.take().productId, delivery_days: 7 },
  warehouses: [{ id: 1, quantity: 5 }],
  ...rest,
});
const add = async (rest: object = {}) => call("POST", "/preorders/", { body: body(rest) });

async function letKaspiWork() {
  while ((await sendPreorders(access, storeId)).goesOn);
  twin.advance({ ms: 10 * SECOND });
  await lookForPreorders(access, storeId);
}

describe("a preorder", () => {
  test("is made, found, changed and cancelled, with and without the last slash", async () => {
    const made = await add({ name: "Чайник", price: 12_990 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{ store_id: storeId, name: "Чайник", price: 12_990, delivery_days: 7 },
      ...{ status: "processing", state: "draft", ending: null, error: null },
      warehouses: [{ id: 1, quantity: 5 }],
      points: [{ point_id: `${merchantUid}_PP1`, quantity: 5 }],
    });
    const path = made.headers.get("location")?.replace("/api/v1", "") ?? "";
    expect((await call("GET", path.replace(/\/$/, ""))).body).toEqual(made.body);
    const changed = await call("PATCH", path, { body: { delivery_days: 3, brand: null } });
    expect(changed.body).toMatchObject({ delivery_days: 3, brand: null });
    const list = await call("GET", `/preorders?store_id=${storeId}&status=processing`);
    expect(list.body).toMatchObject({ count: 1, results: [{ delivery_days: 3 }] });
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).body).toMatchObject({ status: "cancelled" });
    const again = await call("PATCH", path, { body: { status: "processing" } });
    expect([again.status, again.body.code]).toEqual([409, "conflict"]);
    const ofStore = await call("GET", `/preorders/list_by_store?store_id=${storeId}`);
    expect(ofStore.body).toMatchObject({ success: true, preorders: [{ status: "cancelled" }] });
  });

  test("is one per product and store: a second is a 409", async () => {
    const given = body();
    await call("POST", "/preorders/", { body: given });
    const second = await call("POST", "/preorders/", { body: given });
    expect([second.status, second.body.code]).toEqual([409, "conflict"]);
  });

  test.each([
    ["31 days", { delivery_days: 31 }, "delivery_days"],
    ["a sixth warehouse", { warehouses: [{ id: 6, quantity: 1 }] }, "warehouses.0.id"],
    ["no pieces", { warehouses: [{ id: 1, quantity: 0 }] }, "points"],
    ["no points", { warehouses: undefined }, "points"],
    ["points named twice", { points: [{ point_id: "x", quantity: 1 }] }, "warehouses"],
    ["a price below what Kaspi takes", { price: 9 }, "price"],
    ["a status one cannot begin with", { status: "completed" }, "status"],
    ["somebody else's article", { article: "not-this" }, "article"],
  ])("with %s is refused, and nothing is made", async (_title, rest, field) => {
    const refused = await add(rest);
    expect(refused.status).toBe(422);
    expect(refused.body.details.map(({ path }: { path: string }) => path)).toContain(field);
    expect(await access.db.$count(preorders)).toBe(0);
  });

  test("at a point the store does not have is refused", async () => {
    const refused = await add({ warehouses: [{ id: 2, quantity: 1 }] });
    expect([refused.status, refused.body.error]).toEqual([422, expect.stringContaining("_PP2")]);
  });
});

describe("an upload", () => {
  test("ends with the state of each, and the run says so", async () => {
    await add();
    const asked = await call("POST", "/preorders/upload", { body: { store_id: storeId } });
    expect(asked.status).toBe(202);
    const run = () => call("GET", `/runs/${asked.body.run_id}/`);
    expect((await run()).body).toMatchObject({ status: "running", results: [{ state: "sent" }] });
    await letKaspiWork();
    expect((await run()).body).toMatchObject({
      ...{ kind: "preorders", status: "finished", done: 1, total: 1 },
      results: [{ state: "active", error: null }],
    });
  });

  test("says why one was not sent, in words", async () => {
    await add({ price: 50 });
    const asked = await call("POST", "/preorders/upload/", { body: { store_id: storeId } });
    const run = await call("GET", `/runs/${asked.body.run_id}/`);
    expect(run.body).toMatchObject({
      status: "finished",
      results: [{ state: "draft", error: "price_far_from_current", message: expect.any(String) }],
    });
  });

  test("with nothing to send is a 422", async () => {
    const asked = await call("POST", "/preorders/upload/", { body: { store_id: storeId } });
    expect([asked.status, asked.body.code]).toEqual([422, "invalid"]);
  });
});

describe("the file", () => {
  test("is a workbook with a name, and of nothing a 404", async () => {
    const ask = () => call("POST", "/preorders/generate_excel", { body: { store_id: storeId } });
    expect((await ask()).status).toBe(404);
    await add();
    const file = await ask();
    expect(file.status).toBe(200);
    expect(file.headers.get("content-type")).toContain("spreadsheetml.sheet");
    expect(file.headers.get("content-disposition")).toMatch(
      /^attachment; filename="duken-preorders-\d{4}-\d\d-\d\d\.xlsx"$/,
    );
    expect(file.body.slice(0, 2)).toBe("PK");
  });
});
