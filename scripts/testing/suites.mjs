import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../paths.mjs";
import { readJson } from "../process/files.mjs";
import { run, runVisibly } from "../process/run.mjs";
import { generateRouteTypes, projects, typecheck } from "../typecheck.mjs";

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ name: string, run(env: NodeJS.ProcessEnv): Promise<Count> }} Suite
 */

/** @type {Suite} */
export const check = {
  name: "check",
  async run(env) {
    const routes = await generateRouteTypes();
    const biome = path.join(root, "node_modules", ".bin", "biome");
    const steps = [
      { name: "types of routes", result: routes },
      {
        name: "format and lint",
        result: await run(biome, ["ci", "--colors=off", "."], { cwd: root, env }),
      },
      ...(await Promise.all(
        projects.map(async (name) => ({ name, result: await typecheck(name) })),
      )),
    ];
    const failed = steps.filter(({ result }) => result.code !== 0);
    for (const { name, result } of steps) {
      console.log(`${result.code === 0 ? "ok  " : "FAIL"} ${name}`);
    }
    for (const { result } of failed) console.log(result.output);
    return { passed: steps.length - failed.length, failed: failed.length };
  },
};

/** @type {Suite} */
export const unitAndIntegration = {
  name: "unit and integration (vitest)",
  run: (env) =>
    withReport(async (report) => {
      const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const code = await tool("vitest", args, env);
      const { numPassedTests = 0, numFailedTests = 0 } = readJson(report) ?? {};
      return atLeastOneFailure(code, { passed: numPassedTests, failed: numFailedTests });
    }),
};

/** @type {Suite} */
export const endToEnd = {
  name: "end to end (playwright)",
  run: (env) =>
    withReport(async (report) => {
      const code = await tool("playwright", ["test", "--reporter=list,json"], {
        ...env,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      });
      const { expected = 0, unexpected = 0, flaky = 0 } = readJson(report)?.stats ?? {};
      return atLeastOneFailure(code, { passed: expected, failed: unexpected + flaky });
    }),
};

/**
 * @param {string} name
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function tool(name, args, env) {
  const command = path.join(root, "node_modules", ".bin", name);
  return runVisibly(command, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
}

/**
 * A suite that breaks before it counts has failed all the same.
 * @param {number} code
 * @param {Count} count
 * @returns {Count}
 */
export function atLeastOneFailure(code, count) {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * @template T
 * @param {(file: string) => Promise<T>} work
 */
async function withReport(work) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "duken-report-"));
  try {
    return await work(path.join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
