import { expect, test } from "vitest";
import { type KaspiHosts, realHosts } from "@/lib/kaspi/hosts";
import {
  cookieHeader,
  holdsSession,
  keepCookies,
  newJar,
  openJar,
  saveJar,
} from "@/lib/kaspi/session";
import type { KaspiResponse } from "@/lib/kaspi/transport";
import { hostsAt } from "./stub-server";

const cabinet = new URL("https://mc.shop.kaspi.kz/s/m");
const id = new URL("https://idmc.shop.kaspi.kz/login");

function answered(url: URL, ...setCookies: string[]): KaspiResponse {
  return {
    url,
    status: 200,
    contentType: "",
    location: null,
    setCookies,
    retryAfterMs: null,
    body: "",
  };
}

function jarAfter(hosts: KaspiHosts, ...answers: KaspiResponse[]) {
  const jar = newJar();
  for (const answer of answers) keepCookies(jar, answer, hosts);
  return jar;
}

test("cookies survive being saved, Kaspi's odd characters included", () => {
  const odd = "mc-session=1746529671.617.2772.482503|0123456789abcdef; Path=/; HttpOnly";
  const jar = jarAfter(realHosts, answered(cabinet, odd, "mc-sid=abc; Path=/; Secure"));
  const opened = openJar(saveJar(jar));
  expect(cookieHeader(opened, cabinet).Cookie).toBe(
    "mc-session=1746529671.617.2772.482503|0123456789abcdef; mc-sid=abc",
  );
  expect(holdsSession(opened)).toBe(true);
});

test("a host's cookies go to that host only", () => {
  const jar = jarAfter(realHosts, answered(id, "MS_AUTH_SSO=x; Path=/"), answered(cabinet, "a=1"));
  expect(cookieHeader(jar, id)).toEqual({ Cookie: "MS_AUTH_SSO=x" });
  expect(holdsSession(jar)).toBe(false);
});

test("without cookies there is no header at all", () => {
  expect(cookieHeader(newJar(), cabinet)).toEqual({});
});

test.each([
  "mc-sid=abc; Domain=127.0.0.1; Path=/; Secure; HttpOnly",
  "mc-sid=abc; secure; domain=.kaspi.kz",
  "mc-sid=abc; Path=/;Domain=mc.shop.kaspi.kz;SameSite=Lax",
])("a stand-in's cookie «%s» is kept for the host it stands in for", (line) => {
  const jar = jarAfter(hostsAt("http://127.0.0.1:4000"), answered(cabinet, line));
  expect(cookieHeader(jar, cabinet)).toEqual({ Cookie: "mc-sid=abc" });
  expect(cookieHeader(jar, id)).toEqual({});
});

test("a value that looks like an attribute is not cut", () => {
  const line = "mc-sid=a-secure-domain=x; Path=/; Secure";
  const jar = jarAfter(hostsAt("http://127.0.0.1:4000"), answered(cabinet, line));
  expect(cookieHeader(jar, cabinet)).toEqual({ Cookie: "mc-sid=a-secure-domain=x" });
});

test("cookies for other people's hosts and broken ones are left out", () => {
  const jar = jarAfter(realHosts, answered(cabinet, "x=1; Domain=evil.example", "", "mc-sid=abc"));
  expect(cookieHeader(jar, cabinet)).toEqual({ Cookie: "mc-sid=abc" });
});

test.each(["", "{}", "null", "[1]", '{"cookies":"x"}'])(
  "saved text %j asks for a new login",
  (cookies) => {
    expect(() => openJar({ cookies })).toThrow("kaspi_session_expired");
  },
);
