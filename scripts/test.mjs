import "./node-version.mjs";
import { ensureBrowser } from "./ensure-browser.mjs";
import { ensureInstalled } from "./install.mjs";
import { whenRun } from "./process/when-run.mjs";
import { hermeticEnvironment } from "./testing/environment.mjs";
import { check, endToEnd, unitAndIntegration } from "./testing/suites.mjs";

/**
 * Everything from a bare checkout: set-up, then every suite whatever the others said, then one line.
 * @param {{ long: boolean }} options `long` adds what is too long for every run
 */
async function test({ long }) {
  await ensureInstalled();
  const env = {
    ...hermeticEnvironment(),
    CHROMIUM_PATH: await ensureBrowser(),
    LONG: long ? "1" : "",
  };
  let passed = 0;
  /** @type {string[]} */
  const failures = [];
  for (const suite of [check, unitAndIntegration, endToEnd]) {
    const began = performance.now();
    console.log(`\n=== ${suite.name}`);
    const outcome = await suite.run(env);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const counted = `${outcome.passed} passed, ${outcome.failures.length} failed`;
    console.log(`--- ${suite.name}: ${counted}, ${seconds} s`);
    passed += outcome.passed;
    failures.push(...outcome.failures.map((text) => `${suite.name}: ${text}`));
  }
  for (const text of failures) console.log(`\nFAIL ${text}`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

await whenRun(import.meta, () => test({ long: process.argv.includes("--long") }));
