import { expect, test } from "vitest";
import { type KaspiHosts, realHosts, redirectTarget, socketUrl } from "@/lib/kaspi/hosts";

const apart: KaspiHosts = {
  cabinet: "http://127.0.0.1:4001",
  id: "http://127.0.0.1:4002",
  storefront: "http://127.0.0.1:4003",
  images: "http://127.0.0.1:4003",
};
const together: KaspiHosts = {
  cabinet: "http://127.0.0.1:4000",
  id: "http://127.0.0.1:4000",
  storefront: "http://127.0.0.1:4000",
  images: "http://127.0.0.1:4000",
};
const behindPath: KaspiHosts = { ...realHosts, cabinet: "https://relay.example/kaspi/mc" };

const cabinetPage = new URL("https://mc.shop.kaspi.kz/oauth2/authorization/1");

test("a real address goes to what stands in for its host, path and query untouched", () => {
  const list = new URL("https://mc.shop.kaspi.kz/bff/offer-view/list?m=1&t=a%2Bb");
  expect(socketUrl(list, realHosts).href).toBe(list.href);
  expect(socketUrl(list, apart).href).toBe("http://127.0.0.1:4001/bff/offer-view/list?m=1&t=a%2Bb");
  expect(socketUrl(list, behindPath).pathname).toBe("/kaspi/mc/bff/offer-view/list");
});

test("a foreign address is never asked", () => {
  expect(() => socketUrl(new URL("https://evil.example/s/m"), apart)).toThrow(RangeError);
  expect(() => socketUrl(new URL("https://mc.shop.kaspi.kz.evil.example/"), apart)).toThrow();
});

test.each<[string, KaspiHosts, string, string | null]>([
  [
    "a real host",
    realHosts,
    "https://idmc.shop.kaspi.kz/login",
    "https://idmc.shop.kaspi.kz/login",
  ],
  ["a real host by http", realHosts, "http://kaspi.kz/mc/", "https://kaspi.kz/mc/"],
  ["a relative path", realHosts, "/s/m?x=1", "https://mc.shop.kaspi.kz/s/m?x=1"],
  ["a real host while a stand-in is on", apart, "https://kaspi.kz/mc/", "https://kaspi.kz/mc/"],
  [
    "the stand-in itself",
    apart,
    "http://127.0.0.1:4002/oauth2/authorize?a=b",
    "https://idmc.shop.kaspi.kz/oauth2/authorize?a=b",
  ],
  [
    "a stand-in below a path",
    behindPath,
    "https://relay.example/kaspi/mc/s/m",
    "https://mc.shop.kaspi.kz/s/m",
  ],
  ["the login page of a shared stand-in", together, "/login", "https://idmc.shop.kaspi.kz/login"],
  [
    "the callback of a shared stand-in",
    together,
    "http://127.0.0.1:4000/login/oauth2/code/1?code=c",
    "https://mc.shop.kaspi.kz/login/oauth2/code/1?code=c",
  ],
  ["the shell of a shared stand-in", together, "/mc/", "https://kaspi.kz/mc/"],
  ["another host", apart, "https://evil.example/login", null],
  ["another port of the stand-in's machine", apart, "http://127.0.0.1:4009/login", null],
  ["the stand-in while Kaspi is real", realHosts, "http://127.0.0.1:4002/login", null],
  ["outside the stand-in's path", behindPath, "https://relay.example/other", null],
  ["a host that only ends like Kaspi's", realHosts, "https://notkaspi.kz/mc/", null],
  ["a script", realHosts, "javascript:alert(1)", null],
  ["no address at all", realHosts, "http://[", null],
])("a redirect to %s is understood", (_what, hosts, location, expected) => {
  expect(redirectTarget(location, cabinetPage, hosts)?.href ?? null).toBe(expected);
});
