import { beforeAll, describe, expect, test } from "vitest";
import { browserLogin } from "@/lib/kaspi/browser-login";
import { isSessionAlive } from "@/lib/kaspi/check-session";
import { directLogin } from "@/lib/kaspi/direct-login";
import { identityByKey } from "@/lib/kaspi/identity";
import { logIn } from "@/lib/kaspi/log-in";
import { openCabinet } from "@/lib/kaspi/session";
import { ensureBrowser } from "@/scripts/ensure-browser.mjs";
import { failure, tell } from "./failures";
import { trainingKaspi } from "./on-twin";
import { type Answer, hostsAt, noWait, startStub } from "./stub-server";

let executablePath = "";

beforeAll(async () => {
  executablePath = await ensureBrowser();
});

test.each(["windows-edge-149", "mac-chrome-149-kk"])(
  "says of itself all along what its exit is known as, by hand too (%s)",
  async (key) => {
    const stub = await startStub(({ url }) => ({
      status: url.startsWith("/login") ? 403 : 404,
      headers: { "content-type": "text/html" },
      body: "<html>no</html>",
    }));
    const identity = identityByKey(key);
    const how = { acquireSlot: noWait };
    const flow = browserLogin({ hosts: hostsAt(stub.url), executablePath, identity });
    await flow.logIn({ email: "a@example.kz", password: "b" }, how);
    const pending = {
      method: "browser" as const,
      state: JSON.stringify({
        email: "a@example.kz",
        phone: null,
        waitsFor: "chain",
        storage: JSON.stringify({ cookies: [], origins: [] }),
      }),
    };
    const typed = { kind: "code", code: "1" } as const;
    await flow.goOn(pending, typed, how);
    const { hints, userAgent, acceptLanguage } = identity;
    expect(stub.seen.length).toBeGreaterThan(2);
    // The browser asks for the page's icon by itself, in the first of the languages alone.
    const asked = stub.seen.filter(({ url }) => url !== "/favicon.ico");
    for (const { headers, url } of asked)
      expect(headers, url).toMatchObject({
        ...hints,
        "user-agent": userAgent,
        "accept-language": acceptLanguage,
      });
  },
);

describe("on the training Kaspi", () => {
  const on = trainingKaspi();
  const credentials = (name: string, password = `${name}-kaspi`) => ({
    email: `${name}@duken.kz`,
    password,
  });
  const browser = () => browserLogin({ hosts: on.twin.urls, executablePath, timeoutMs: 30_000 });
  const inBrowser = (name: string, password?: string) =>
    browser().logIn(credentials(name, password), { acquireSlot: noWait });

  test("a right password brings a session that our own calls can use", async () => {
    const outcome = await inBrowser("demo");
    if (outcome.kind !== "connected") throw new Error("not connected");
    expect(outcome.method).toBe("browser");
    const { transport } = on;
    const cabinet = openCabinet({ transport, session: outcome.session, acquireSlot: noWait });
    expect(await isSessionAlive(cabinet)).toBe(true);
  });

  test("a wrong password is told by Kaspi's code, not by a timeout", async () => {
    expect(await inBrowser("demo", "wrong")).toMatchObject({
      kind: "refused",
      why: "credentials",
      code: "CREDENTIALS_INVALID",
    });
  });

  test("a failure of the page's own call is told at once, not by a timeout", async () => {
    on.twin.setFault({ name: "server_error", at: ["login"] });
    const began = performance.now();
    expect(await failure(inBrowser("demo"))).toMatchObject({ kind: "kaspi_unreachable" });
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test("a code that Kaspi mails is asked for", async () => {
    const outcome = await inBrowser("code");
    expect(outcome).toMatchObject({
      kind: "code_required",
      channel: "mail",
      sentTo: "co***@duken.kz",
      pending: { method: "browser", state: expect.stringContaining("MS_AUTH_SSO") },
    });
    expect(JSON.stringify(outcome)).not.toContain("code-kaspi");
  });

  test("several shops are offered", async () => {
    expect(await inBrowser("choose")).toMatchObject({
      kind: "choose_merchant",
      merchants: [{ uid: "30901122" }, { uid: "30901133" }],
    });
  });

  test("a direct login that is refused by address goes on in the browser", async () => {
    on.twin.setFault({ name: "id_refuses_address", at: ["login"], times: 1 });
    const flows = [directLogin(on.transport), browser()];
    const outcome = await logIn(flows, credentials("small"), { acquireSlot: noWait });
    expect(outcome).toMatchObject({ kind: "connected", method: "browser" });
  });

  test("an address refused in the browser too is told as such", async () => {
    on.twin.setFault({ name: "id_refuses_address" });
    expect(await inBrowser("demo")).toMatchObject({ kind: "refused", why: "address" });
  });
});

describe("on a page of our own", () => {
  const secret = { email: "seller@example.kz", password: "s3cret pass" };
  const page = (body: string): Answer => ({
    headers: { "content-type": "text/html;charset=utf-8" },
    body: `<!doctype html><body>${body}</body>`,
  });
  /** Kaspi's fields and a script that decides what the button does. */
  const form = (script: string) =>
    page(`<div id="place"><input id="user_email_field"></div><div id="more"></div>
      <button class="button is-primary">Продолжить</button><div id="said"></div>
      <script>
        const at = (id) => document.getElementById(id);
        let clicks = 0;
        document.querySelector("button").onclick = () => { clicks += 1; ${script} };
        const redraw = () => {
          at("place").innerHTML = '<input name="_u" id="user_email_field">';
          at("more").innerHTML = '<input name="_p" id="password_field" type="password">';
        };
        const say = (html) => { at("said").innerHTML = html; };
      </script>`);

  async function onPage(answer: Answer, { timeoutMs = 20_000, behind = { status: 404 } } = {}) {
    const stub = await startStub(({ url }) => (url === "/login" ? answer : behind));
    const flow = browserLogin({ hosts: hostsAt(stub.url), executablePath, timeoutMs });
    const run = (signal?: AbortSignal) =>
      flow.logIn(secret, { acquireSlot: noWait, ...(signal && { signal }) });
    return { run, stub };
  }

  test("the e-mail that is drawn anew is filled in again", async () => {
    const { run } = await onPage(
      form(`if (clicks === 1) redraw();
        else say('<p class="notification is-danger">' + at("user_email_field").value + "</p>");`),
    );
    expect(await run()).toMatchObject({ kind: "refused", why: "other", text: secret.email });
  });

  test("a refusal that only the page shows is told at once", async () => {
    const { run } = await onPage(
      form(`if (clicks === 1) redraw(); else say("<p>Неверные почта или пароль</p>");`),
    );
    expect(await run()).toMatchObject({ kind: "refused", why: "credentials" });
  });

  test("a refusal before the password is told as well", async () => {
    const { run } = await onPage(
      form(`say('<p class="notification is-danger">Почта не найдена</p>');`),
    );
    expect(await run()).toMatchObject({ kind: "refused", text: "Почта не найдена" });
  });

  test("a code field that only the page shows is a code asked for", async () => {
    const { run } = await onPage(
      form(`if (clicks === 1) redraw(); else say('<input name="security-code">');`),
    );
    expect(await run()).toMatchObject({ kind: "code_required", channel: "mail" });
  });

  test("a page that never changes ends in time, closed and silent about the password", async () => {
    const { run, stub } = await onPage(form("if (clicks === 1) redraw();"), { timeoutMs: 2_500 });
    const error = await failure(run());
    expect(error).toMatchObject({ kind: "kaspi_timeout" });
    expect(tell(error)).not.toContain(secret.password);
    await expect.poll(stub.connections).toBe(0);
  });

  test("a page that lets in without giving a session does not connect", async () => {
    const { run } = await onPage(
      form(`if (clicks === 1) redraw(); else say('<nav class="navbar">Кабинет</nav>');`),
    );
    expect(await failure(run())).toMatchObject({ kind: "kaspi_not_found" });
  });

  test("an address that is refused behind the login page is told as such", async () => {
    const { run } = await onPage(
      form(`if (clicks === 1) redraw(); else say('<nav class="navbar">Кабинет</nav>');`),
      { behind: { ...page("no"), status: 403 } },
    );
    expect(await run()).toMatchObject({ kind: "refused", why: "address" });
  });

  test.each([403, 405, 429])("a login page with %i refuses the address", async (status) => {
    const { run } = await onPage({ ...page("no"), status });
    expect(await run()).toMatchObject({ kind: "refused", why: "address" });
  });

  test("a login page out of order is unreachable", async () => {
    const { run } = await onPage({ ...page("no"), status: 502 });
    expect(await failure(run())).toMatchObject({ kind: "kaspi_unreachable" });
  });

  test("a dead network is unreachable", async () => {
    const flow = browserLogin({ hosts: hostsAt("http://127.0.0.1:1"), executablePath });
    const asked = flow.logIn(secret, { acquireSlot: noWait });
    expect(await failure(asked)).toMatchObject({ kind: "kaspi_unreachable" });
  });

  test("the caller's own stop closes the browser and comes back as the reason", async () => {
    const { run, stub } = await onPage(form(""));
    const controller = new AbortController();
    const asked = failure(run(controller.signal));
    await expect.poll(() => stub.seen.length).toBeGreaterThan(0);
    controller.abort(new Error("the account was removed"));
    expect(await asked).toMatchObject({ message: "the account was removed" });
    await expect.poll(stub.connections).toBe(0);
  });

  test("the page may not reach anyone but Kaspi, nor by a redirect, and needs no pictures", async () => {
    const stranger = await startStub(() => ({ body: "{}" }));
    const elsewhere = stranger.url.replace("127.0.0.1", "localhost");
    const stub = await startStub(({ url }) => {
      if (url === "/away") return { status: 302, headers: { location: `${elsewhere}/redirected` } };
      return form(`new Image().src = "/picture.png";
        const ask = (url) => fetch(url, { mode: "no-cors" }).catch(() => null);
        Promise.all([ask("${elsewhere}/asked"), ask("/away")])
          .then(() => say('<p class="notification is-danger">asked</p>'));`);
    });
    const flow = browserLogin({ hosts: hostsAt(stub.url), executablePath });
    expect(await flow.logIn(secret, { acquireSlot: noWait })).toMatchObject({ text: "asked" });
    expect(stranger.seen).toEqual([]);
    expect(stub.seen.map(({ url }) => url)).toEqual(["/login", "/away"]);
  });
});

test("a browser that is not there is unavailable", async () => {
  const flow = browserLogin({
    hosts: hostsAt("http://127.0.0.1:1"),
    executablePath: "/no/browser",
  });
  const asked = flow.logIn({ email: "", password: "" }, { acquireSlot: noWait });
  expect(await failure(asked)).toMatchObject({ key: "browser_failed" });
});
