import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { listOpenNotices } from "@/lib/notices/queries";
import { refreshPoints } from "@/lib/stores/refresh-points";
import type { Handle } from "../support/goods";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";
import { connectedStore, forgetSetbacks, smallShop, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const shelf = await fullShelf(office);
const { storeId } = shelf;

const forms = ["session_401", "session_403", "session_302", "session_login_page"] as const;
type Endpoint = "list" | "process" | "points";

beforeEach(async () => {
  await forgetSetbacks(office);
  twin.clearFaults();
  twin.forgetRequests();
});

const applied = (goods: Handle) =>
  goods.writes().filter(({ outcome }) => outcome === "applied").length;
const logins = () => twin.requests().login?.total ?? 0;

/** The session dies in this form the `after`-th time Kaspi is asked for it. */
function dieAt(name: (typeof forms)[number], endpoint: Endpoint, after: number): void {
  twin.setFault({ name, at: [endpoint], after, times: 1 });
}

/** Whether the switch has struck, so that a test of a point that is never reached fails. */
const struck = () => twin.faults().on.map((fault) => fault.struck);

describe.each(forms)("a session that ends as %s", (name) => {
  test.each([0, 1])("at page %i of a sync is renewed once, and the walk is whole", async (page) => {
    dieAt(name, "list", page);
    expect(await syncNow(office, storeId)).toMatchObject({ complete: true, gone: 0 });
    expect([struck(), logins()]).toEqual([[1], 1]);
  });

  test.each([
    ["the look before the price is sent", 0],
    ["the look whether it has arrived", 1],
  ])("at %s costs one login and sends the price once", async (_point, after) => {
    const goods = await shelf.contested();
    const start = goods.kaspiPrice();
    dieAt(name, "list", after);
    await goods.cycle();
    expect([goods.kaspiPrice(), applied(goods)]).toEqual([start - 21, 1]);
    expect([struck(), logins()]).toEqual([[1], 1]);
    expect(await listOpenNotices(access.db, owner)).toEqual([]);
  });

  // A price is never repeated without another look at what it rests on; that look renews the session.
  test("at the sending itself leaves the price waiting for another look", async () => {
    const goods = await shelf.contested();
    const start = goods.kaspiPrice();
    dieAt(name, "process", 0);
    await goods.cycle();
    expect([goods.kaspiPrice(), applied(goods)]).toEqual([start, 0]);
    twin.expireSessions();
    twin.advance({ ms: MINUTE });
    await goods.cycle();
    expect([goods.kaspiPrice(), applied(goods)]).toEqual([start - 21, 1]);
    expect([struck(), logins()]).toEqual([[1], 1]);
  });

  test("at the reading of the points is renewed once", async () => {
    dieAt(name, "points", 0);
    await refreshPoints(access, owner, storeId);
    expect([struck(), logins()]).toEqual([[1], 1]);
  });
});

test("a session that dies again and again is renewed once a call, and no login is a storm", async () => {
  twin.setFault({ name: "session_401", at: ["list"] });
  await expect(syncNow(office, storeId)).rejects.toMatchObject({ kind: "kaspi_session_expired" });
  expect(logins()).toBe(1);
});

test("a password changed at Kaspi stops the sync and the prices until its person comes, who resumes both", async () => {
  const goods = await shelf.contested();
  const start = goods.kaspiPrice();
  twin.setPassword({ ...smallShop, password: "another" });
  twin.expireSessions();
  await expect(syncNow(office, storeId)).rejects.toMatchObject({ kind: "needs_reauth" });
  await goods.cycle();
  expect([goods.kaspiPrice(), goods.writes().length, logins()]).toEqual([start, 0, 1]);
  expect(await listOpenNotices(access.db, owner)).toMatchObject([{ kind: "needs_reauth" }]);
  twin.setPassword(smallShop);
  expect((await connectedStore(office)).storeId).toBe(storeId);
  twin.advance({ ms: MINUTE });
  await goods.cycle();
  expect(goods.kaspiPrice()).toBe(start - 21);
  expect(await listOpenNotices(access.db, owner)).toEqual([]);
});
