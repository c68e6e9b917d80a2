import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proxyUrlOf } from "@/lib/exits/model";
import { readProxyLine } from "@/lib/exits/proxy-line-rules";

const read = (line: string) => {
  const found = readProxyLine(line, "http");
  return found.kind === "proxy" ? proxyUrlOf(found.proxy) : found.why;
};

describe("a pasted line", () => {
  test.each([
    ["185.10.20.30:8080", "http://185.10.20.30:8080"],
    ["  proxy.example.kz:3128  ", "http://proxy.example.kz:3128"],
    ["[2001:db8::1]:1080", "http://[2001:db8::1]:1080"],
    ["185.10.20.30:8080:user:pass", "http://user:pass@185.10.20.30:8080"],
    ["185.10.20.30:8080:user:pa:ss", "http://user:pa%3Ass@185.10.20.30:8080"],
    ["185.10.20.30:8080:user", "http://user:@185.10.20.30:8080"],
    ["user:pass:185.10.20.30:8080", "http://user:pass@185.10.20.30:8080"],
    ["user:pass@185.10.20.30:8080", "http://user:pass@185.10.20.30:8080"],
    ["user:p@ss@185.10.20.30:8080", "http://user:p%40ss@185.10.20.30:8080"],
    ["185.10.20.30:8080@user:pass", "http://user:pass@185.10.20.30:8080"],
    ["http://185.10.20.30:8080/", "http://185.10.20.30:8080"],
    ["https://user:pass@185.10.20.30:8443", "https://user:pass@185.10.20.30:8443"],
    ["socks5://user:p%40ss@185.10.20.30:1080", "socks5://user:p%40ss@185.10.20.30:1080"],
    ["SOCKS5H://185.10.20.30:1080", "socks5://185.10.20.30:1080"],
    ["socks://185.10.20.30:1080:user:pass", "socks5://user:pass@185.10.20.30:1080"],
    ["user:50%@185.10.20.30:8080", "http://user:50%25@185.10.20.30:8080"],
  ])("%s is a proxy", (line, url) => {
    expect(read(line)).toBe(url);
  });

  test.each([
    ["ftp://185.10.20.30:21", "scheme"],
    ["185.10.20.30:99999", "port"],
    ["185.10.20.30", "shape"],
    ["куплено 5 штук", "shape"],
    ["user:pass@", "shape"],
    ["256.1.1.1:8080:user:pass", "shape"],
    ["user:pass@1.2.3.4.5:8080", "shape"],
  ])("%s is none, and it is said why", (line, why) => {
    expect(read(line)).toBe(why);
  });

  const host = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 5 });
  const almost = fc
    .tuple(host, fc.nat({ max: 70_000 }), fc.constantFrom("", ":user:pass", "@user:pass"))
    .map(([numbers, port, who]) => `${numbers.join(".")}:${port}${who}`);

  test("never throws, whatever it is, and what it reads is an address", () => {
    let proxies = 0;
    fc.assert(
      fc.property(fc.oneof(almost, fc.string({ unit: "binary", maxLength: 60 })), (line) => {
        const found = readProxyLine(line, "http");
        if (found.kind !== "proxy") return;
        proxies += 1;
        expect(() => new URL(proxyUrlOf(found.proxy))).not.toThrow();
      }),
      { numRuns: 3_000 },
    );
    expect(proxies).toBeGreaterThan(100);
  });
});
