import { expect, test } from "vitest";
import { isSessionAlive } from "@/lib/kaspi/check-session";
import { listMerchants, merchantName } from "@/lib/kaspi/merchants";
import { failure } from "./failures";
import { fixture, fixtureJson } from "./fixtures";
import { type Answer, cabinetAnswering, cabinetAt } from "./stub-server";

test("every merchant of the login is listed", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: fixture("s-m_merchants.response.json"),
  });
  expect(await listMerchants(cabinet)).toEqual([{ uid: "30067228" }, { uid: "425002" }]);
  expect(seen[0]).toMatchObject({ method: "GET", url: "/s/m" });
});

test("a merchant id may be printed as a number", async () => {
  const { cabinet } = await cabinetAnswering({ body: '{"merchants":[{"uid":425002,"x":1}]}' });
  expect(await listMerchants(cabinet)).toEqual([{ uid: "425002" }]);
});

test.each(["[]", '{"merchants":null}', '{"merchants":[{"uid":""}]}', '{"merchants":[{}]}'])(
  "%s is not a list of merchants",
  async (body) => {
    const { cabinet } = await cabinetAnswering({ body });
    expect(await failure(listMerchants(cabinet))).toMatchObject({ kind: "kaspi_malformed" });
  },
);

test("the name of a merchant is asked for as the cabinet asks", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: fixture("graphql_getMerchant.response.json"),
  });
  expect(await merchantName(cabinet, "30067228")).toBe("ИП FIRST PROJECT");
  expect(seen[0]?.url).toBe("/mc/facade/graphql?opName=getMerchant");
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual(fixtureJson("graphql_getMerchant.request.json"));
});

test.each(['{"data":{"merchant":null}}', '{"data":{"merchant":{"name":null}}}', '{"data":null}'])(
  "%s is a merchant without a name",
  async (body) => {
    const { cabinet } = await cabinetAnswering({ body });
    expect(await merchantName(cabinet, "1")).toBeNull();
  },
);

test("a GraphQL error comes with 200 and is a refusal", async () => {
  const { cabinet } = await cabinetAnswering({ body: fixture("graphql_error_200.response.json") });
  expect(await failure(merchantName(cabinet, "1"))).toMatchObject({ kind: "kaspi_rejected" });
});

test("a session that lists merchants is alive", async () => {
  const { cabinet } = await cabinetAnswering({ body: fixture("s-m_merchants.response.json") });
  expect(await isSessionAlive(cabinet)).toBe(true);
});

test.each<[string, Answer]>([
  ["401", { status: 401 }],
  [
    "the redirect of a sample",
    { status: 302, headers: { location: "https://idmc.shop.kaspi.kz/login" } },
  ],
])("a session that gets %s is dead", async (_what, answer) => {
  const { cabinet } = await cabinetAnswering(answer);
  expect(await isSessionAlive(cabinet)).toBe(false);
});

test.each<[string, Answer, string]>([
  [
    "a page instead of an answer by the gateway",
    { status: 503, body: "<html>" },
    "kaspi_unreachable",
  ],
  ["too many questions", { status: 429 }, "kaspi_throttled"],
  ["nonsense", { body: "ok" }, "kaspi_malformed"],
])("%s says nothing about the session", async (_what, answer, kind) => {
  const { cabinet } = await cabinetAnswering(answer);
  expect(await failure(isSessionAlive(cabinet))).toMatchObject({ kind });
});

test("a dead network says nothing about the session", async () => {
  const asked = isSessionAlive(cabinetAt("http://127.0.0.1:1"));
  expect(await failure(asked)).toMatchObject({ kind: "kaspi_unreachable" });
});
