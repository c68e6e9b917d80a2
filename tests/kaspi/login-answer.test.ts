import { expect, test } from "vitest";
import { readLoginAnswer } from "@/lib/kaspi/login-answer";
import { fixture } from "./fixtures";

function read(status: number, body: string, retryAfterMs: number | null = null) {
  const url = new URL("https://idmc.shop.kaspi.kz/api/p/login");
  const about = { url, contentType: "", location: null, setCookies: [] };
  return readLoginAnswer({ ...about, status, body, retryAfterMs });
}

test.each<[string, object]>([
  ["login_email_ok.response.json", { kind: "done" }],
  ["login_phone_step2_code.response.json", { kind: "done" }],
  [
    "login_email_code-required.response.json",
    { kind: "code", channel: "mail", sentTo: "se***@example.kz" },
  ],
  [
    "login_phone_step1.response.json",
    { kind: "code", channel: "sms", sentTo: "+7 (700) 000-00-00" },
  ],
  [
    "login_choose-merchant.response.json",
    {
      kind: "choose",
      merchants: [
        { uid: "30067228", name: "Example shop 1" },
        { uid: "425002", name: "Example shop 2" },
      ],
    },
  ],
])("the sample %s is understood", (name, expected) => {
  expect(read(200, fixture(name))).toEqual(expected);
});

test("a wrong password is told by Kaspi's code", () => {
  expect(read(401, fixture("login_error_credentials_401.json"))).toEqual({
    kind: "refused",
    why: "credentials",
    code: "CREDENTIALS_INVALID",
    text: null,
    breakTimeMs: null,
  });
});

test("a flood says how long to stay away", () => {
  expect(read(401, fixture("login_error_flood_401.json"))).toMatchObject({
    why: "flood",
    code: "SECURITY_CODE_SMS_FLOOD",
    breakTimeMs: 60_000,
  });
});

test("an answer without anywhere to go means that a code was mailed", () => {
  expect(read(200, "{}")).toEqual({ kind: "code", channel: "mail", sentTo: null });
});

test.each([
  ['{"errorCode":"CREDENTIALS_INVALID"}', "credentials"],
  ['{"code":"INVALID_CREDENTIALS"}', "credentials"],
  ['{"error":"NO_MERCHANTS"}', "no_merchants"],
  ['{"type":"INSUFFICIENT_PERMISSIONS"}', "permissions"],
  ['{"error":"Unauthorized","code":401,"type":"MFA_CODE_INVALID"}', "code"],
  ['{"type":"ERROR","errorCode":"MFA_SEND_FLOOD"}', "flood"],
  ['{"errorCode":"SECURITY_CODE_INVALID"}', "code"],
  ['{"errorCode":"INACTIVE_CODE_ERROR"}', "code_old"],
  ['{"errorCode":"TIMEOUT_EXCEEDED"}', "lost"],
  ['{"errorCode":"FAILED"}', "code"],
  ['{"errorCode":"MFA_CODE_ATTEMPT_LIMIT"}', "code_old"],
  ['{"errorCode":"MFA_CODE_TOO_MANY_SEND"}', "flood"],
  ['{"errorCode":"SOMETHING_NEW"}', "other"],
  ['{"errorCode":"SOMETHING_NEW","errorData":{"breakTimeSeconds":"30"}}', "flood"],
])("401 with %s is refused because of: %s", (body, why) => {
  expect(read(401, body)).toMatchObject({ kind: "refused", why });
});

test("an error code is an error even with 200", () => {
  expect(read(200, '{"errorCode":"CREDENTIALS_INVALID"}')).toMatchObject({ why: "credentials" });
});

test("Kaspi's own words are kept, unless they are a whole page", () => {
  expect(read(401, '{"errorCode":"NEW","message":"Обратитесь в банк"}')).toMatchObject({
    code: "NEW",
    text: "Обратитесь в банк",
  });
  const long = { errorCode: "NEW", message: "x".repeat(5_000) };
  expect(read(401, JSON.stringify(long))).toMatchObject({ text: null });
});

test.each([
  [403, "<html>Forbidden</html>"],
  [429, "<html>Too many</html>"],
  [403, "Forbidden"],
  [403, ""],
  [429, ""],
  [405, "<html>"],
  [200, "<html>verify you are human</html>"],
  [403, '{"status":403,"error":"Forbidden"}'],
])("%i with «%s» refuses the address, not the login", (status, body) => {
  expect(read(status, body)).toMatchObject({ kind: "refused", why: "address" });
});

test("403 with a code is about the login all the same", () => {
  expect(read(403, '{"errorCode":"INSUFFICIENT_PERMISSIONS"}')).toMatchObject({
    why: "permissions",
  });
});

test("429 with data is a flood", () => {
  expect(read(429, '{"message":"slow down"}', 45_000)).toMatchObject({
    why: "flood",
    breakTimeMs: 45_000,
  });
});

test.each<[number, string, string]>([
  [500, "{}", "kaspi_unreachable"],
  [502, "<html>", "kaspi_unreachable"],
  [401, '{"error":"Unauthorized","status":401}', "kaspi_rejected"],
  [401, "{}", "kaspi_rejected"],
  [401, "", "kaspi_rejected"],
  [401, "<html>", "kaspi_rejected"],
  [400, "{}", "kaspi_rejected"],
  [404, "", "kaspi_not_found"],
  [200, "", "kaspi_malformed"],
  [200, "ok", "kaspi_malformed"],
  [200, "[]", "kaspi_malformed"],
  [302, "", "kaspi_malformed"],
])("%i with «%s» is %s", (status, body, kind) => {
  expect(() => read(status, body)).toThrow(expect.objectContaining({ kind }));
});

test.each<[unknown, object[]]>([
  [
    ["1", 2],
    [
      { uid: "1", name: null },
      { uid: "2", name: null },
    ],
  ],
  [[{ id: 5, name: " Shop " }], [{ uid: "5", name: "Shop" }]],
  [[{ merchantUid: "5", name: 7 }, { title: "no id" }], [{ uid: "5", name: null }]],
  [{ merchants: [{ merchantId: "9" }] }, [{ uid: "9", name: null }]],
  [
    { "9": "Shop", "10": null },
    [
      { uid: "9", name: "Shop" },
      { uid: "10", name: null },
    ],
  ],
  ["later", []],
])("the shops to choose from are read from %j", (su, merchants) => {
  expect(read(200, JSON.stringify({ su }))).toEqual({ kind: "choose", merchants });
});
