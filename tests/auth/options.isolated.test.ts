import { expect, test } from "vitest";
import { authOptions } from "@/lib/auth/options";

type Authorize = (credentials: object, request: object) => Promise<unknown>;

/** Postgres is not there in this file: whatever asks it fails. */
function logIn(email: string, password: string): Promise<unknown> {
  const [options] = authOptions().providers.map((provider) => provider.options);
  const { authorize } = { ...options } as unknown as { authorize: Authorize };
  return authorize({ email, password }, { headers: {} });
}

test("a login that breaks tells nothing of what broke", async () => {
  await expect(logIn("owner@example.kz", "a long password")).rejects.toThrow(/^login_failed$/);
});

test.each([
  ["a\u0000b@example.kz", "a long password"],
  ["owner@example.kz", "x".repeat(201)],
  [`${"x".repeat(300)}@example.kz`, "a long password"],
  ["", ""],
])("%j is wrong before anything is asked", async (email, password) => {
  expect(await logIn(email, password)).toBeNull();
});
