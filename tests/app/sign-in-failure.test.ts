import { describe, expect, it } from "vitest";
import { ownAddress, signInFailure } from "@/app/(auth)/login/sign-in-failure";

describe("signInFailure", () => {
  it("tells a wrong password from too many attempts and from a broken server", () => {
    expect(signInFailure("CredentialsSignin").key).toBe("wrong_credentials");
    expect(signInFailure("too_many_logins:840")).toMatchObject({
      key: "too_many_logins",
      retryAfterMs: 840_000,
    });
    expect(signInFailure("").key).toBe("login_failed");
  });
});

describe("ownAddress", () => {
  const origin = "http://127.0.0.1:3000";

  it.each([
    ["/products?store=1", `${origin}/products?store=1`],
    [`${origin}/stores`, `${origin}/stores`],
    [`${origin}//evil.example`, `${origin}//evil.example`],
    ["/.//evil.example", `${origin}//evil.example`],
    [undefined, "/"],
    ["https://evil.example/products", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["javascript:alert(1)", "/"],
  ])("leads from %j to %s", (asked, to) => {
    expect(ownAddress(asked, origin)).toBe(to);
  });
});
