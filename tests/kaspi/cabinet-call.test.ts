import { expect, test } from "vitest";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import { saveSession } from "@/lib/kaspi/session";
import { failure, tell } from "./failures";
import { fixtureAnswer } from "./fixtures";
import { type Answer, cabinetAnswering, cabinetAt } from "./stub-server";

const LOGIN_PAGE = "<!DOCTYPE html><html><body><div id='app'></div></body></html>";

async function failureOf(answer: Answer) {
  const { cabinet } = await cabinetAnswering(answer);
  return failure(callCabinet(cabinet, { path: "/s/m" }));
}

test.each<[string, Answer]>([
  ["the recorded 401", fixtureAnswer("session-expired_401.response.http")],
  ["the recorded redirect", fixtureAnswer("session-expired_302.response.http")],
  ["401 without a body", { status: 401 }],
  ["403", { status: 403, body: "{}" }],
  [
    "a redirect to the login page",
    { status: 302, headers: { location: "https://idmc.shop.kaspi.kz/login" } },
  ],
  [
    "a redirect of its own to the login page",
    { status: 302, headers: { location: "/login?expired" } },
  ],
  [
    "a redirect to authorize",
    { status: 303, headers: { location: "https://idmc.shop.kaspi.kz/oauth2/authorize?x=1" } },
  ],
  ["a redirect into the chain", { status: 307, headers: { location: "/oauth2/authorization/1" } }],
  [
    "the login page with 200",
    { headers: { "content-type": "text/html;charset=UTF-8" }, body: LOGIN_PAGE },
  ],
  ["the login page called JSON", { body: LOGIN_PAGE }],
])("a dead session shows as %s", async (_form, answer) => {
  expect(await failureOf(answer)).toMatchObject({ kind: "kaspi_session_expired" });
});

test.each<[string, Answer, object]>([
  ["403 with a page", { status: 403, body: LOGIN_PAGE }, { kind: "kaspi_address_refused" }],
  ["405 with a page", { status: 405, body: LOGIN_PAGE }, { kind: "kaspi_address_refused" }],
  ["404", { status: 404, body: LOGIN_PAGE }, { kind: "kaspi_not_found" }],
  ["400", { status: 400, body: "{}" }, { kind: "kaspi_rejected", params: { status: 400 } }],
  [
    "429 with a time",
    { status: 429, headers: { "retry-after": "60" } },
    { kind: "kaspi_throttled", retryAfterMs: 60_000 },
  ],
  ["429 without", { status: 429 }, { kind: "kaspi_throttled", retryAfterMs: undefined }],
  ["502 with a page", { status: 502, body: LOGIN_PAGE }, { kind: "kaspi_unreachable" }],
  [
    "a redirect elsewhere",
    { status: 302, headers: { location: "https://evil.example/login" } },
    { kind: "kaspi_malformed" },
  ],
  ["a redirect to nowhere", { status: 302 }, { kind: "kaspi_malformed" }],
  ["an empty 200", { body: "" }, { kind: "kaspi_malformed" }],
  ["half a JSON", { body: '{"merchants":[' }, { kind: "kaspi_malformed" }],
])("%s is no dead session", async (_what, answer, expected) => {
  expect(await failureOf(answer)).toMatchObject(expected);
});

test("a network failure is not a logout", async () => {
  const asked = callCabinet(cabinetAt("http://127.0.0.1:1"), { path: "/s/m" });
  expect(await failure(asked)).toMatchObject({ kind: "kaspi_unreachable" });
});

test("a call looks like the cabinet's own page makes it", async () => {
  const { cabinet, seen } = await cabinetAnswering({ body: "{}" });
  await callCabinet(cabinet, { path: "/bff/x?opName=y", query: { t: "a+b №" }, json: { a: 1 } });
  const [request] = seen;
  expect(request).toMatchObject({ method: "POST", body: '{"a":1}' });
  expect(new URL(request?.url ?? "", "http://x").searchParams.get("t")).toBe("a+b №");
  expect(request?.headers).toMatchObject({
    "x-auth-version": "3",
    origin: "https://kaspi.kz",
    referer: "https://kaspi.kz/",
    "content-type": "application/json",
    cookie: "mc-session=1746529671.617.2772.482503|0123; mc-sid=11111111-2222",
  });
  expect(request?.headers["user-agent"]).toMatch(/^Mozilla\/5\.0 .* Chrome\//);
  expect(request?.headers["accept-language"]).toMatch(/^ru-RU/);
});

test("a call without a body has no body's header", async () => {
  const { cabinet, seen } = await cabinetAnswering({ body: "{}" });
  await callCabinet(cabinet, { path: "/s/m" });
  expect(seen[0]).toMatchObject({ method: "GET", body: "" });
  expect(seen[0]?.headers["content-type"]).toBeUndefined();
});

test("a cookie that Kaspi renews on the way is sent with the next call", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    status: 401,
    headers: { "set-cookie": "mc-session=renewed; Path=/; HttpOnly" },
  });
  await failure(callCabinet(cabinet, { path: "/s/m" }));
  await failure(callCabinet(cabinet, { path: "/s/m" }));
  expect(seen[1]?.headers.cookie).toContain("mc-session=renewed");
  expect(saveSession(cabinet).cookies).toContain("renewed");
});

test("every call waits for its slot, and a refused slot sends nothing", async () => {
  const { cabinet, seen } = await cabinetAnswering({ body: "{}" });
  const closed = { ...cabinet, acquireSlot: () => Promise.reject(new Error("not now")) };
  expect(await failure(callCabinet(closed, { path: "/s/m" }))).toMatchObject({
    message: "not now",
  });
  expect(seen).toHaveLength(0);
});

test("a failure repeats neither cookies nor the answer", async () => {
  for (const status of [200, 400, 401, 404, 429, 500]) {
    const error = await failureOf({ status, body: '{"phone":"+7 700 000 00 00"' });
    expect(tell(error)).not.toMatch(/11111111-2222|700 000/);
  }
});
