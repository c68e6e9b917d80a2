import { defineConfig, devices } from "@playwright/test";
import { ensureBrowser } from "./scripts/ensure-browser.mjs";

const long = process.env.LONG === "1";
// Looked for once; the workers inherit it.
process.env.CHROMIUM_PATH ||= await ensureBrowser();

export default defineConfig({
  testDir: "tests/e2e",
  projects: [
    {
      name: "office",
      testMatch: "**/*.spec.ts",
      testIgnore: long ? [] : "**/*.long.spec.ts",
      teardown: "logs",
    },
    // Whatever came of the others: what they have typed must stand in no log.
    { name: "logs", testMatch: "**/logs.last.ts" },
  ],
  outputDir: "test-results",
  globalSetup: "./tests/e2e/support/global-launch.ts",
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Each has an office of its own; a test waits more than it works, so that two keep two cores busy.
  workers: 2,
  // A slow machine is no fault: only what stands still for long has failed.
  timeout: 600_000,
  expect: { timeout: 180_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    locale: "ru-RU",
    timezoneId: "Asia/Almaty",
    // A colour on its way to another is neither; whoever measures contrast must meet the last one.
    contextOptions: { reducedMotion: "reduce" },
    // A trace takes down the page at every step: what has failed in a short run is run again by itself.
    trace: long ? { mode: "retain-on-failure", screenshots: false } : "off",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH },
  },
});
