import { afterEach, expect, test, vi } from "vitest";
import { hermeticEnvironment } from "../../scripts/testing/environment.mjs";
import { atLeastOneFailure } from "../../scripts/testing/suites.mjs";

afterEach(() => vi.unstubAllEnvs());

test("a suite that breaks before it counts has failed", () => {
  expect(atLeastOneFailure(1, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 1 });
  expect(atLeastOneFailure(1, { passed: 7, failed: 2 })).toEqual({ passed: 7, failed: 2 });
  expect(atLeastOneFailure(0, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 0 });
});

test("a developer's own configuration does not reach the tests, the browser and the path do", () => {
  vi.stubEnv("KASPI", "live");
  vi.stubEnv("DATABASE_URL", "postgres://production");
  vi.stubEnv("CHROMIUM_PATH", "/opt/chromium");
  const env = hermeticEnvironment();
  expect(env).toMatchObject({ KASPI: "", DATABASE_URL: "", PORT: "" });
  expect(env).toMatchObject({ CHROMIUM_PATH: "/opt/chromium", PATH: process.env.PATH });
});
