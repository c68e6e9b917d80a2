import { describe, expect, test } from "vitest";
import { requireSmallBody } from "@/lib/auth/body-limit";

const MB = 1024 * 1024;
const asked = (path: string, headers: Record<string, string>) => {
  return () => requireSmallBody(new Request(`http://inside${path}`, { method: "POST", headers }));
};
const long = (bytes: number) => ({ "content-length": String(bytes) });

describe("a body", () => {
  test.each([
    ["/products", MB],
    ["/api/v1/products", MB],
    ["/api/auth/callback/credentials", 16 * 1024],
    ["/products/costs/file", 21 * MB],
    ["/products/costs/file/", 21 * MB],
    ["/mailings/recipients/import/file", 21 * MB],
    ["/unsubscribe/x/now", MB],
    ["/mailings/messages/file", 21 * MB],
  ])("to %s has %i bytes at most", (path, most) => {
    expect(asked(path, long(most))).not.toThrow();
    expect(asked(path, long(most + 1))).toThrow("too_large");
  });

  test("says its length, but for files, which are counted as they come", () => {
    const open = { "transfer-encoding": "chunked" };
    expect(asked("/products", open)).toThrow("length_missing");
    expect(asked("/products/costs/file", open)).not.toThrow();
  });
});
