import { ensureBrowser } from "./scripts/ensure-browser.mjs";
import { hermeticEnvironment } from "./scripts/testing/environment.mjs";
import { endToEnd } from "./scripts/testing/suites.mjs";
const r = await endToEnd.run({ ...hermeticEnvironment(), CHROMIUM_PATH: await ensureBrowser(), LONG: process.env.LONG ?? "" });
console.log(JSON.stringify(r));
