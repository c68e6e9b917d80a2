import { afterEach, expect, test, vi } from "vitest";
import { hermeticEnvironment } from "../../scripts/testing/environment.mjs";
import { failure } from "../../scripts/testing/failure.mjs";
import { atLeastOneFailure } from "../../scripts/testing/suites.mjs";

afterEach(() => vi.unstubAllEnvs());

test("a suite that breaks before it counts has failed", () => {
  const named = { passed: 7, failures: ["a.test.ts: wrong", "b.test.ts: wrong"] };
  const clean = { passed: 7, failures: [] };
  expect(atLeastOneFailure(1, clean)).toEqual({ passed: 7, failures: ["ended with code 1"] });
  expect(atLeastOneFailure(1, undefined)).toEqual({ passed: 0, failures: ["ended with code 1"] });
  expect(atLeastOneFailure(1, named)).toEqual(named);
  expect(atLeastOneFailure(0, clean)).toEqual(clean);
});

test("a failure says where and why, and the first places of its stack", () => {
  const stack = ["Error: no", ...["a", "b", "c", "d"].map((name) => `    at ${name} (x.ts:1:1)`)];
  const error = { message: "\u001b[31mno\u001b[39m\nthe rest", stack: stack.join("\n") };
  expect(failure("x.test.ts › it holds", error).split("\n")).toEqual([
    "x.test.ts › it holds: no",
    ...stack.slice(1, 4),
  ]);
  expect(failure("x.test.ts", undefined)).toBe("x.test.ts: ");
});

test("a developer's own configuration does not reach the tests, the browser and the path do", () => {
  vi.stubEnv("KASPI", "live");
  vi.stubEnv("DATABASE_URL", "postgres://production");
  vi.stubEnv("CHROMIUM_PATH", "/opt/chromium");
  const env = hermeticEnvironment();
  expect(env).toMatchObject({ KASPI: "", DATABASE_URL: "", PORT: "" });
  expect(env).toMatchObject({ CHROMIUM_PATH: "/opt/chromium", PATH: process.env.PATH });
});
