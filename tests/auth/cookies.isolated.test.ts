import { describe, expect, test, vi } from "vitest";

// Before anything reads the configuration: an office behind TLS.
vi.hoisted(() => {
  process.env.NEXTAUTH_URL = "https://office.example.kz";
});

import { decode } from "next-auth/jwt";
import { sessionCookie } from "@/lib/auth/cookies";
import { securityHeaders } from "@/lib/auth/security-headers";
import { authServer, type Jar } from "../support/auth-server";
import { password, testPeople } from "../support/people";

const office = await testPeople();
const server = await authServer();

const secret = process.env.NEXTAUTH_SECRET ?? "";
const claims = (token: string | undefined) => decode({ token: token ?? "", secret });

async function somebody() {
  const { email, id } = await office.person();
  return { id, email, password };
}

describe("behind TLS", () => {
  test("every cookie of the login is the host's own, and out of reach of scripts and other sites", async () => {
    const jar: Jar = new Map();
    const login = await server.logIn(jar, await somebody());
    expect(login.status).toBe(200);
    expect([...jar.keys()].sort()).toEqual([
      "__Host-next-auth.callback-url",
      "__Host-next-auth.csrf-token",
      "__Host-next-auth.session-token",
    ]);
    for (const { attributes } of login.set)
      expect(attributes).toEqual(
        expect.arrayContaining(["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]),
      );
    expect(login.set.flatMap(({ attributes }) => attributes).join()).not.toContain("Domain");
  });

  test("browsers are told to come back over TLS only", () => {
    const value = securityHeaders("x")["Strict-Transport-Security"];
    expect(value).toMatch(/^max-age=\d{8}$/);
  });
});

describe("a session", () => {
  test("is made anew by each login: neither a planted cookie nor somebody else's is carried over", async () => {
    const [victim, thief] = [await somebody(), await somebody()];
    const theirs: Jar = new Map();
    await server.logIn(theirs, thief);
    const planted = theirs.get(sessionCookie()) ?? "";
    const jar: Jar = new Map([[sessionCookie(), planted]]);
    await server.logIn(jar, victim);
    expect(jar.get(sessionCookie())).not.toBe(planted);
    expect(await claims(jar.get(sessionCookie()))).toMatchObject({ sub: victim.id });
    expect(await claims(planted)).toMatchObject({ sub: thief.id });
  });

  test("is another after each login of the same person", async () => {
    const who = await somebody();
    const jar: Jar = new Map();
    await server.logIn(jar, who);
    const first = jar.get(sessionCookie());
    await server.logIn(jar, who);
    expect(jar.get(sessionCookie())).not.toBe(first);
  });

  test("is not begun by a failed login", async () => {
    const jar: Jar = new Map();
    const login = await server.logIn(jar, { ...(await somebody()), password: "wrong" });
    expect(login.status).toBe(401);
    expect(jar.has(sessionCookie())).toBe(false);
  });

  test("leaves the browser with the log out", async () => {
    const jar: Jar = new Map();
    await server.logIn(jar, await somebody());
    const { set } = await server.logOut(jar);
    const cleared = set.find(({ name }) => name === sessionCookie());
    expect(cleared?.value).toBe("");
    expect(cleared?.attributes.join()).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/);
    expect(jar.has(sessionCookie())).toBe(false);
  });

  test("is neither begun nor ended without the form's own token", async () => {
    const who = await somebody();
    const jar: Jar = new Map();
    await server.ask(jar, "/callback/credentials", { ...who, csrfToken: "guessed" });
    expect(jar.has(sessionCookie())).toBe(false);
    await server.logIn(jar, who);
    await server.ask(jar, "/signout", { csrfToken: "guessed" });
    expect(jar.has(sessionCookie())).toBe(true);
  });
});

test("after a login nobody is led to another site", async () => {
  const jar: Jar = new Map();
  const who = { ...(await somebody()), callbackUrl: "https://evil.example/" };
  expect((await server.logIn(jar, who)).body).not.toContain("evil.example");
});
