import { expect, test } from "vitest";
import { directLogin } from "@/lib/kaspi/direct-login";
import { openCabinet } from "@/lib/kaspi/session";
import { failure, tell } from "./failures";
import { fixture, fixtureJson } from "./fixtures";
import { type Answer, noWait, type Seen, startStub, transportTo } from "./stub-server";

const credentials = { email: "seller@example.kz", password: "s3cret pass" };
const page = { headers: { "content-type": "text/html" }, body: "<html>login</html>" };
const to = (location: string, ...cookies: string[]): Answer => ({
  status: 302,
  headers: { location, "set-cookie": cookies.map((cookie) => `${cookie}; Path=/; Secure`) },
});

type Kaspi = {
  /** Whether the password counts only together with the cookie of the chain; it does by default. */
  needsCookie?: boolean;
  /** What the password is answered with. */
  login?: Answer;
  /** Replaces a step of the chain, by its path. */
  steps?: Record<string, (request: Seen, loggedIn: boolean) => Answer>;
};

/** All three hosts behind one address, with the redirects of the captured chain. */
async function kaspi({ needsCookie = true, login, steps = {} }: Kaspi = {}) {
  let loggedIn = false;
  const known: NonNullable<Kaspi["steps"]> = {
    "/oauth2/authorization/1": () =>
      to(
        "https://idmc.shop.kaspi.kz/oauth2/authorize?state=s1",
        "mc-session=1746.617|0f",
        "mc_arr=a",
      ),
    "/oauth2/authorize": () =>
      loggedIn
        ? to("https://mc.shop.kaspi.kz/login/oauth2/code/1?code=c&state=s1")
        : to("https://idmc.shop.kaspi.kz/login", "MS_AUTH_SSO=first"),
    "/login": () => page,
    "/login/oauth2/code/1": () =>
      to("https://kaspi.kz/mc/", "mc-sid=the-session", "mc-session=1747|0f"),
    "/api/p/login": (request) => {
      loggedIn = !needsCookie || request.headers.cookie === "MS_AUTH_SSO=first";
      const answer = login ?? { body: fixture("login_email_ok.response.json") };
      return { ...answer, headers: { "set-cookie": "MS_AUTH_SSO=second", ...answer.headers } };
    },
    ...steps,
  };
  const stub = await startStub((request) => {
    const step = known[new URL(request.url, "http://kaspi").pathname];
    return step ? step(request, loggedIn) : { status: 404 };
  });
  const transport = transportTo(stub.url);
  const paths = () => stub.seen.map(({ url }) => new URL(url, "http://kaspi").pathname);
  const logIn = (acquireSlot = noWait) =>
    directLogin(transport).logIn(credentials, { acquireSlot });
  return { logIn, transport, seen: stub.seen, paths };
}

test("the login cookie is fetched first, then the password goes, then the chain is walked", async () => {
  const { logIn, transport, seen, paths } = await kaspi();
  const outcome = await logIn();
  expect(outcome).toMatchObject({ kind: "connected", method: "direct" });
  expect(paths()).toEqual([
    "/oauth2/authorization/1",
    "/oauth2/authorize",
    "/login",
    "/api/p/login",
    "/oauth2/authorization/1",
    "/oauth2/authorize",
    "/login/oauth2/code/1",
  ]);
  if (outcome.kind !== "connected") throw new Error("not connected");
  const { jar } = openCabinet({ transport, session: outcome.session, acquireSlot: noWait });
  expect(jar.getCookieStringSync("https://mc.shop.kaspi.kz/s/m")).toContain("mc-sid=the-session");
  expect(seen[6]?.headers.cookie).toContain("mc_arr=a");
  expect(seen[6]?.headers.cookie).not.toContain("MS_AUTH_SSO");
});

test("a phone waits for a text message, however its answers leave that out", async () => {
  const { transport, seen } = await kaspi({ login: { body: "{}" } });
  const flow = directLogin(transport);
  const how = { acquireSlot: noWait };
  const begun = await flow.logIn({ phone: "77010000003" }, how);
  expect(begun).toMatchObject({ kind: "code_required", channel: "sms" });
  if (begun.kind !== "code_required") throw new Error("no code is wanted");
  const more = await flow.goOn(begun.pending, { kind: "code", code: "123456" }, how);
  expect(more).toMatchObject({ kind: "code_required", channel: "sms" });
  if (more.kind !== "code_required") throw new Error("no code is wanted");
  await flow.goOn(more.pending, { kind: "code", code: "654321" }, how);
  expect(JSON.parse(seen.at(-1)?.body ?? "")).toEqual({ _c: "654321" });
});

test("the chain starts where the recorded one does", async () => {
  const { logIn, seen } = await kaspi();
  await logIn();
  const recorded = fixture("login_oauth2_redirect-chain.txt").split(/\s+/)[1] ?? "";
  expect(`https://mc.shop.kaspi.kz${seen[0]?.url}`).toBe(recorded);
});

test("the password goes as the login page sends it", async () => {
  const { logIn, seen } = await kaspi();
  await logIn();
  const post = seen.find(({ method }) => method === "POST");
  expect(JSON.parse(post?.body ?? "")).toEqual({
    ...(fixtureJson("login_email_step1.request.json") as object),
    _p: credentials.password,
  });
  expect(post?.headers).toMatchObject({
    origin: "https://idmc.shop.kaspi.kz",
    referer: "https://idmc.shop.kaspi.kz/login",
    "content-type": "application/json",
    cookie: "MS_AUTH_SSO=first",
  });
});

test("every request of a login waits for its slot", async () => {
  const { logIn, seen } = await kaspi();
  let slots = 0;
  await logIn(async () => {
    slots += 1;
  });
  expect(slots).toBe(seen.length);
});

test("a Kaspi that knows no chain before the login is logged in to as well", async () => {
  const { logIn, paths } = await kaspi({
    needsCookie: false,
    steps: {
      "/oauth2/authorization/1": (_request, loggedIn) =>
        loggedIn ? to("https://idmc.shop.kaspi.kz/oauth2/authorize?state=s1") : { status: 404 },
    },
  });
  expect(await logIn()).toMatchObject({ kind: "connected" });
  expect(paths().slice(0, 2)).toEqual(["/oauth2/authorization/1", "/api/p/login"]);
});

test("when the chain starts anew in vain, the first authorize request is continued", async () => {
  const { logIn, seen } = await kaspi({
    steps: {
      "/oauth2/authorize": ({ url }) =>
        url.endsWith("&continue")
          ? to("https://mc.shop.kaspi.kz/login/oauth2/code/1?code=c")
          : to("https://idmc.shop.kaspi.kz/login", "MS_AUTH_SSO=first"),
    },
  });
  expect(await logIn()).toMatchObject({ kind: "connected" });
  expect(seen.at(-2)?.url).toBe("/oauth2/authorize?state=s1&continue");
});

test("a login that ends without a session is malformed, not connected", async () => {
  const { logIn } = await kaspi({
    steps: { "/login/oauth2/code/1": () => to("https://kaspi.kz/mc/", "mc-session=1747|0f") },
  });
  expect(await failure(logIn())).toMatchObject({ kind: "kaspi_malformed" });
});

test.each<[string, Answer, object]>([
  [
    "a wrong password",
    { status: 401, body: fixture("login_error_credentials_401.json") },
    { kind: "refused", why: "credentials", code: "CREDENTIALS_INVALID" },
  ],
  [
    "a flood",
    { status: 401, body: fixture("login_error_flood_401.json") },
    { kind: "refused", why: "flood", breakTimeMs: 60_000 },
  ],
  ["a blocked address", { status: 403, ...page }, { kind: "refused", why: "address" }],
  [
    "a mailed code",
    { body: fixture("login_email_code-required.response.json") },
    {
      kind: "code_required",
      channel: "mail",
      sentTo: "se***@example.kz",
      pending: { method: "direct" },
    },
  ],
  [
    "several shops",
    { body: fixture("login_choose-merchant.response.json") },
    { kind: "choose_merchant", merchants: [{ uid: "30067228" }, { uid: "425002" }] },
  ],
])("%s is an outcome, told at once", async (_what, login, expected) => {
  const { logIn, paths } = await kaspi({ login });
  expect(await logIn()).toMatchObject(expected);
  expect(paths().at(-1)).toBe("/api/p/login");
});

test("a login that waits keeps what it needs to go on, and no password", async () => {
  const { logIn } = await kaspi({
    login: { body: fixture("login_email_code-required.response.json") },
  });
  const outcome = await logIn();
  if (outcome.kind !== "code_required") throw new Error("no code asked");
  expect(outcome.pending.state).toContain("MS_AUTH_SSO");
  expect(JSON.parse(outcome.pending.state)).toMatchObject({
    email: credentials.email,
    authorizeUrl: "https://idmc.shop.kaspi.kz/oauth2/authorize?state=s1",
  });
  expect(outcome.pending.state).not.toContain(credentials.password);
});

test.each([
  ["/oauth2/authorization/1", 403],
  ["/oauth2/authorize", 429],
  ["/login", 405],
])("an address that is refused on the way, at %s, is an outcome", async (path, status) => {
  const { logIn } = await kaspi({ steps: { [path]: () => ({ ...page, status }) } });
  expect(await logIn()).toMatchObject({ kind: "refused", why: "address" });
});

test.each<[string, Answer, string]>([
  ["out of order", { status: 502, ...page }, "kaspi_unreachable"],
  ["sending us elsewhere", to("https://evil.example/login"), "kaspi_malformed"],
  ["sending us round and round", to("/oauth2/authorization/1"), "kaspi_malformed"],
  ["sending us nowhere", { status: 302 }, "kaspi_malformed"],
])("a chain that is %s is thrown, and the password stays here", async (_what, answer, kind) => {
  const { logIn, seen } = await kaspi({ steps: { "/oauth2/authorize": () => answer } });
  const error = await failure(logIn());
  expect(error).toMatchObject({ kind });
  expect(tell(error)).not.toContain(credentials.password);
  expect(seen.map(({ method }) => method)).not.toContain("POST");
  expect(seen.length).toBeLessThan(15);
});
