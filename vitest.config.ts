import path from "node:path";
import { defineConfig } from "vitest/config";

/** What every test process has instead of the machine's own configuration. Nothing here is reachable. */
const environment: Partial<NodeJS.ProcessEnv> = {
  NODE_ENV: "test",
  TZ: "UTC",
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/no-database-in-this-test",
  KASPI: "twin",
  KASPI_CABINET_URL: "http://127.0.0.1:1",
  KASPI_ID_URL: "http://127.0.0.1:1",
  KASPI_STOREFRONT_URL: "http://127.0.0.1:1",
  KASPI_IMAGES_URL: "http://127.0.0.1:1",
  ENCRYPTION_KEY: Buffer.alloc(32, "test key").toString("base64"),
  NEXTAUTH_SECRET: "a secret that only the tests know",
  NEXTAUTH_URL: "http://127.0.0.1:1",
  JOBS: "off",
  LOG_LEVEL: "silent",
};
const long = process.env.LONG === "1";
const isolated = "tests/**/*.isolated.{test,long.test}.{ts,tsx}";
const excluded = ["tests/e2e/**", ...(long ? [] : ["tests/**/*.long.test.ts"])];

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    globalSetup: "tests/support/global-database.ts",
    setupFiles: "tests/support/quiet-console.ts",
    env: environment,
    pool: "forks",
    maxWorkers: 2,
    sequence: { shuffle: { files: true, tests: true } },
    // A slow machine is no fault: only what stands still for long has failed.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        // Modules are loaded once by each worker: a third of the time is spent on nothing else.
        extends: true,
        test: {
          name: "shared",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: [isolated, ...excluded],
          isolate: false,
        },
      },
      {
        // For files that put something else in a module's place, or read settings anew.
        extends: true,
        test: { name: "isolated", include: [isolated], exclude: excluded },
      },
    ],
  },
});
