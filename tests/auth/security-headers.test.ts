import { expect, test } from "vitest";
import { contentSecurityPolicy, newNonce } from "@/lib/auth/security-headers";
import config from "@/next.config";

const policy = contentSecurityPolicy("the-nonce");
const directive = (name: string) =>
  policy.split("; ").find((one) => one.startsWith(`${name} `)) ?? "";

test("scripts run by the nonce and by nothing else", () => {
  expect(directive("script-src")).toBe("script-src 'nonce-the-nonce' 'strict-dynamic'");
  expect(directive("script-src-attr")).toBe("script-src-attr 'none'");
  expect(directive("base-uri")).toBe("base-uri 'none'");
});

test("style elements need the nonce, too; only attributes are open", () => {
  expect(directive("style-src-elem")).toBe("style-src-elem 'self' 'nonce-the-nonce'");
});

test("a nonce is 128 bits and another each time", () => {
  const nonces = Array.from({ length: 100 }, newNonce);
  expect(new Set(nonces).size).toBe(100);
  expect(Buffer.from(nonces[0] ?? "", "base64")).toHaveLength(16);
});

test("every answer, a file or a mistake too, forbids frames, guessing of types and foreign use", async () => {
  const [all] = (await config.headers?.()) ?? [];
  expect(all?.source).toBe("/:path*");
  const named = Object.fromEntries(all?.headers.map(({ key, value }) => [key, value]) ?? []);
  expect(named).toMatchObject({
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
  });
});
