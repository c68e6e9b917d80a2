import { describe, expect, test } from "vitest";
import { bearerOf } from "@/lib/auth/bearer";
import { isForeign, ownHost, requireOwnOrigin, requireOwnPage } from "@/lib/auth/own-origin";

const own = new URL(process.env.NEXTAUTH_URL ?? "").origin;
const asked = (headers: Record<string, string>, method = "POST", path = "/products") =>
  new Request(`http://inside${path}`, { method, headers });

describe("a write is foreign", () => {
  test.each([
    ["by its Origin", { origin: "https://evil.example" }],
    ["by an Origin that is hidden", { origin: "null" }],
    ["by an Origin that is our name on another port", { origin: "http://localhost:1" }],
    ["by an Origin that begins like ours", { origin: `${own}.evil.example` }],
    ["when the browser calls it cross-site", { "sec-fetch-site": "cross-site" }],
    ["when it comes from a neighbour of our domain", { "sec-fetch-site": "same-site" }],
    ["whatever else it claims", { origin: own, "sec-fetch-site": "cross-site" }],
    ["though the Host agrees", { origin: "https://evil.example", host: "evil.example" }],
  ])("%s", (_how, headers) => {
    expect(isForeign(asked(headers))).toBe(true);
    expect(() => requireOwnOrigin(asked(headers))).toThrow("foreign_origin");
  });

  test.each(["PUT", "PATCH", "DELETE"])("as %s, too", (method) => {
    expect(isForeign(asked({ origin: "https://evil.example" }, method))).toBe(true);
  });

  test("with something that only begins like a key, or a key outside the API", () => {
    const key = { origin: "https://evil.example", authorization: "Basic x" };
    expect(isForeign(asked(key, "POST", "/api/v1/products"))).toBe(true);
    const bearer = { origin: "https://evil.example", authorization: "Bearer x" };
    expect(isForeign(asked(bearer, "POST", "/products"))).toBe(true);
  });
});

describe("a write is ours", () => {
  test.each([
    ["from the configured address", { origin: own }],
    ["when the browser says so", { origin: own, "sec-fetch-site": "same-origin" }],
    ["from this machine by another name", { origin: "http://[::1]:7", host: "[::1]:7" }],
    ["from no browser at all", {}],
  ])("%s", (_how, headers) => {
    expect(isForeign(asked(headers))).toBe(false);
  });

  test("with a key of the API, from whatever page", () => {
    const key = { origin: "https://evil.example", authorization: "Bearer x" };
    expect(isForeign(asked(key, "POST", "/api/v1/products"))).toBe(false);
  });
});

test("looking is open to links from everywhere", () => {
  expect(isForeign(asked({ "sec-fetch-site": "cross-site" }, "GET"))).toBe(false);
});

test("the host we answer under is never one that a request made up", () => {
  const { host } = new URL(own);
  expect(ownHost(asked({ host: "evil.example" }))).toBe(host);
  expect(ownHost(asked({ host: "evil.example", origin: "https://evil.example" }))).toBe(host);
  expect(ownHost(asked({ host: "[::1]:7", origin: "http://[::1]:7" }))).toBe("[::1]:7");
});

test("a page of somebody else may open nothing that leaves files or entries", () => {
  for (const site of ["cross-site", "same-site"])
    expect(() => requireOwnPage(asked({ "sec-fetch-site": site }, "GET"))).toThrow(
      "foreign_origin",
    );
  for (const headers of [{}, { "sec-fetch-site": "same-origin" }, { "sec-fetch-site": "none" }])
    expect(() => requireOwnPage(asked(headers as Record<string, string>, "GET"))).not.toThrow();
});

test("a bearer that nobody can read is shown all the same", () => {
  const shown = (authorization: string) => bearerOf(new Headers({ authorization }));
  expect(["Bearer a b", "bearer", "Bearer  x "].map(shown)).toEqual(["a b", "", "x"]);
  expect(shown("Basic x")).toBeNull();
  expect(bearerOf(new Headers())).toBeNull();
});
