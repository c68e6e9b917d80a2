import { expect, test } from "vitest";
import { differences, sample } from "./same-shape";
import { twinForTest, Visitor, visitorInside } from "./visitor";

const demo = { _u: "demo@duken.kz", _p: "demo-kaspi", _r_d: true };
const minute = 60_000;

test("the right password answers as Kaspi does and rotates the identity cookie", async () => {
  const visitor = new Visitor(await twinForTest());
  await visitor.ask(`${visitor.twin.urls.id}/login`);
  const before = visitor.cookies.get("MS_AUTH_SSO");
  const answer = await visitor.logIn(demo);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(sample("login_email_ok.response.json"));
  expect(before).toBeTruthy();
  expect(visitor.cookies.get("MS_AUTH_SSO")).not.toBe(before);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^MS_AUTH_SSO=.+; HttpOnly; SameSite=Lax$/);
});

test("a wrong password is 401 with Kaspi's code", async () => {
  const answer = await new Visitor(await twinForTest()).logIn({ ...demo, _p: "wrong" });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual(sample("login_error_credentials_401.json"));
});

test.each([
  ["clerk", "INSUFFICIENT_PERMISSIONS"],
  ["nobody", "NO_MERCHANTS"],
])("the login of %s is refused with %s", async (name, errorCode) => {
  const visitor = new Visitor(await twinForTest());
  const answer = await visitor.logIn({ _u: `${name}@duken.kz`, _p: `${name}-kaspi` });
  expect([answer.status, await answer.json()]).toEqual([401, { errorCode }]);
});

test("only the callback hop of the chain gives out mc-sid", async () => {
  const visitor = new Visitor(await twinForTest());
  await visitor.logIn(demo);
  const hops = await visitor.walkChain();
  expect(hops.map(({ url, status }) => [new URL(url).pathname, status])).toEqual([
    ["/oauth2/authorization/1", 302],
    ["/oauth2/authorize", 302],
    ["/login/oauth2/code/1", 302],
    ["/mc/", 200],
  ]);
  expect(hops.map(({ cookies }) => cookies.includes("mc-sid"))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  const merchants = await visitor.cabinet("/s/m");
  expect(await merchants.json()).toEqual({ merchants: [{ uid: "30518274" }] });
});

test("the chain may come first: it leads to the login page, and on after the login", async () => {
  const visitor = new Visitor(await twinForTest());
  const first = await visitor.walkChain();
  expect(first.map(({ url }) => new URL(url).pathname).at(-1)).toBe("/login");
  await visitor.logIn(demo);
  const authorize = first[1]?.url ?? "";
  const callback = (await visitor.ask(`${authorize}&continue`)).headers.get("location") ?? "";
  expect((await visitor.ask(callback)).status).toBe(302);
  expect((await visitor.cabinet("/s/m")).status).toBe(200);
});

test("a code is worth nothing twice, with another state or without the cabinet's cookie", async () => {
  const visitor = new Visitor(await twinForTest());
  await visitor.logIn(demo);
  const used = (await visitor.walkChain())[2]?.url ?? "";
  expect((await visitor.ask(used)).status).toBe(401);

  const other = await callbackOf(visitor);
  other.searchParams.set("state", "made-up");
  expect((await visitor.ask(other.href)).status).toBe(401);

  const mixed = await callbackOf(visitor);
  const later = await visitor.ask(`${visitor.twin.urls.cabinet}/oauth2/authorization/1`);
  const { searchParams } = new URL(later.headers.get("location") ?? "");
  mixed.searchParams.set("state", searchParams.get("state") ?? "");
  expect((await visitor.ask(mixed.href)).status).toBe(401);

  const right = await callbackOf(visitor);
  visitor.cookies.delete("mc_arr");
  expect((await visitor.ask(right.href)).status).toBe(401);
});

/** The address with the code, unvisited. */
async function callbackOf(visitor: Visitor): Promise<URL> {
  const start = await visitor.ask(`${visitor.twin.urls.cabinet}/oauth2/authorization/1`);
  const asked = await visitor.ask(start.headers.get("location") ?? "");
  return new URL(asked.headers.get("location") ?? "");
}

test("the cabinet sends nobody to a foreign address", async () => {
  const { urls } = await twinForTest();
  const foreign = encodeURIComponent("https://example.com/mc/");
  const visitor = new Visitor(await twinForTest());
  const url = `${urls.cabinet}/oauth2/authorization/1?redirectUrl=${foreign}`;
  expect((await visitor.ask(url)).status).toBe(400);
});

test("a mailed code finishes the login; the steps are tied by the cookie", async () => {
  const twin = await twinForTest();
  const visitor = new Visitor(twin);
  const first = await visitor.logIn({ _u: "code@duken.kz", _p: "code-kaspi", _r_d: true });
  const answer = await first.json();
  expect(differences(sample("login_email_code-required.response.json"), answer)).toEqual([]);
  const code = twin.lastCode({ to: "code@duken.kz" })?.code ?? "";
  expect(code).toMatch(/^\d{6}$/);
  const step = { _m_c: code, _r_d: true, _u: "code@duken.kz" };

  const stranger = await new Visitor(twin).logIn(step);
  expect(await stranger.json()).toEqual({ errorCode: "TIMEOUT_EXCEEDED" });
  const wrong = await visitor.logIn({ ...step, _m_c: code === "000000" ? "1" : "000000" });
  expect(await wrong.json()).toEqual({ errorCode: "MFA_CODE_INVALID" });
  expect(await (await visitor.logIn({ _c: code })).json()).toEqual({ errorCode: "FAILED" });
  expect(await (await visitor.logIn(step)).json()).toEqual({ redirectUrl: "/" });
  await visitor.walkChain();
  expect((await visitor.cabinet("/s/m")).status).toBe(200);
});

test("codes are not sent twice a minute, and no more than five an hour", async () => {
  const twin = await twinForTest();
  const visitor = new Visitor(twin);
  await visitor.logIn({ _u: "code@duken.kz", _p: "code-kaspi" });
  const early = await visitor.resendCode();
  const flood = (await early.json()) as { errorData: { breakTimeSeconds: number } };
  expect(early.status).toBe(401);
  expect(differences(sample("login_error_flood_401.json"), flood)).toEqual([]);
  expect(flood).toMatchObject({ errorCode: "MFA_SEND_FLOOD" });
  expect(flood.errorData.breakTimeSeconds).toBeGreaterThan(50);

  for (let sent = 1; sent < 5; sent++) {
    twin.advance({ ms: minute + 1 });
    expect((await visitor.resendCode()).status).toBe(200);
  }
  twin.advance({ ms: minute + 1 });
  expect(await (await visitor.resendCode()).json()).toMatchObject({
    errorCode: "MFA_CODE_TOO_MANY_SEND",
  });
});

test("a code grows old, and too many wrong ones end the attempt", async () => {
  const twin = await twinForTest();
  const visitor = new Visitor(twin);
  await visitor.logIn({ _u: "code@duken.kz", _p: "code-kaspi" });
  const code = twin.lastCode()?.code ?? "";
  for (let miss = 0; miss < 5; miss++) await visitor.logIn({ _m_c: "no", _u: "code@duken.kz" });
  const right = { _m_c: code, _u: "code@duken.kz" };
  expect(await (await visitor.logIn(right)).json()).toEqual({
    errorCode: "MFA_CODE_ATTEMPT_LIMIT",
  });
  twin.advance({ ms: 5 * minute + 1 });
  expect(await (await visitor.logIn(right)).json()).toEqual({ errorCode: "INACTIVE_CODE_ERROR" });
});

test("a phone in the mask gets a code by SMS, another spelling is refused", async () => {
  const twin = await twinForTest();
  const visitor = new Visitor(twin);
  expect((await visitor.logIn({ _ph: "+77010000003" })).status).toBe(400);
  const phone = "+7 (701) 000-00-03";
  expect(await (await visitor.logIn({ _ph: phone })).json()).toEqual({ phone });
  expect(await (await visitor.logIn({ _ph: phone })).json()).toMatchObject({
    errorCode: "SECURITY_CODE_SMS_FLOOD",
  });
  expect(await (await visitor.logIn({ _c: "0" })).json()).toEqual({
    errorCode: "SECURITY_CODE_INVALID",
  });
  const code = twin.lastCode({ to: phone })?.code;
  expect(await (await visitor.logIn({ _c: code })).json()).toEqual({ redirectUrl: "/" });
  await visitor.walkChain();
  const merchants = await visitor.cabinet("/s/m");
  expect(await merchants.json()).toEqual({ merchants: [{ uid: "ArmanTrade" }] });
});

test("a flood of text messages can be switched on, with its break", async () => {
  const twin = await twinForTest();
  twin.setFault({ name: "sms_flood", ms: 90_000 });
  const answer = await new Visitor(twin).logIn({ _ph: "+7 (701) 000-00-03" });
  expect([answer.status, await answer.json()]).toEqual([
    401,
    { errorCode: "SECURITY_CODE_SMS_FLOOD", errorData: { breakTimeSeconds: 90 } },
  ]);
});

test("a login of several shops chooses one", async () => {
  const visitor = new Visitor(await twinForTest());
  const answer = await visitor.logIn({ _u: "choose@duken.kz", _p: "choose-kaspi" });
  const { su } = (await answer.json()) as { su: { uid: string }[] };
  expect(differences(sample("login_choose-merchant.response.json"), { su })).toEqual([]);
  expect((await visitor.logIn({ _s_m: "30518274" })).status).toBe(401);
  await visitor.logIn({ _s_m: su[1]?.uid });
  await visitor.walkChain();
  const merchants = await visitor.cabinet("/s/m");
  expect(await merchants.json()).toEqual({ merchants: [{ uid: "30901133" }] });
});

test("a storm of logins is turned away for a while", async () => {
  const twin = await twinForTest({ limits: { loginsPerMinute: 3 } });
  const attempt = async () => (await new Visitor(twin).logIn(demo)).status;
  expect([await attempt(), await attempt(), await attempt(), await attempt()]).toEqual([
    200, 200, 200, 401,
  ]);
  twin.advance({ ms: minute });
  expect(await attempt()).toBe(200);
});

test("logging in from nowhere, as a program or with a form is refused", async () => {
  const visitor = new Visitor(await twinForTest());
  const headers = {
    origin: "https://idmc.shop.kaspi.kz",
    referer: "https://idmc.shop.kaspi.kz/login",
    "content-type": "application/json",
  };
  expect((await visitor.logIn(demo, { ...headers, origin: "https://kaspi.kz" })).status).toBe(403);
  expect((await visitor.logIn(demo, { ...headers, "user-agent": "curl/8" })).status).toBe(403);
  expect((await visitor.logIn(demo, { ...headers, "content-type": "text/plain" })).status).toBe(
    415,
  );
  expect((await visitor.logIn({ login: "demo" })).status).toBe(400);
});

test("a changed password locks the old one out", async () => {
  const twin = await twinForTest();
  twin.setPassword({ email: "demo@duken.kz", password: "new" });
  expect((await new Visitor(twin).logIn(demo)).status).toBe(401);
  expect((await new Visitor(twin).logIn({ ...demo, _p: "new" })).status).toBe(200);
});

test("logging out ends the session", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const sid = visitor.cookies.get("mc-sid") ?? "";
  await visitor.cabinet("/logout");
  visitor.cookies.set("mc-sid", sid);
  expect((await visitor.cabinet("/s/m")).status).toBe(401);
});
