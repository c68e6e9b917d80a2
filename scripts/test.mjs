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
  const total = { passed: 0, failed: 0 };
  for (const suite of [check, unitAndIntegration, endToEnd]) {
    const began = performance.now();
    console.log(`\n=== ${suite.name}`);
    const { passed, failed } = await suite.run(env);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(`--- ${suite.name}: ${passed} passed, ${failed} failed, ${seconds} s`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

await whenRun(import.meta, () => test({ long: process.argv.includes("--long") }));
