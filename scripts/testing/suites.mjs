import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../paths.mjs";
import { readJson } from "../process/files.mjs";
import { run, runVisibly } from "../process/run.mjs";
import { generateRouteTypes, projects, typecheck } from "../typecheck.mjs";
import { failure } from "./failure.mjs";

/**
 * @typedef {{ passed: number, failures: string[] }} Outcome `failures` say where and why
 * @typedef {{ name: string, run(env: NodeJS.ProcessEnv): Promise<Outcome> }} Suite
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
    return { passed: steps.length - failed.length, failures: failed.map(({ name }) => name) };
  },
};

/** @type {Suite} */
export const unitAndIntegration = {
  name: "unit and integration (vitest)",
  run: (env) =>
    withReport(async (report) => {
      const reporters = ["default", "./scripts/testing/vitest-report.mjs"];
      const args = ["run", ...reporters.map((name) => `--reporter=${name}`)];
      const code = await tool("vitest", args, { ...env, TEST_REPORT: report });
      return atLeastOneFailure(code, readJson(report) ?? undefined);
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
      return atLeastOneFailure(code, outcomeOfPlaywright(readJson(report) ?? undefined));
    }),
};

/**
 * A test that passed only when repeated has failed.
 * @param {import("@playwright/test/reporter").JSONReport | undefined} report
 * @returns {Outcome | undefined}
 */
function outcomeOfPlaywright(report) {
  if (report === undefined) return undefined;
  /** @type {(suites: import("@playwright/test/reporter").JSONReportSuite[]) => import("@playwright/test/reporter").JSONReportSpec[]} */
  const specsIn = (suites) =>
    suites.flatMap((suite) => [...suite.specs, ...specsIn(suite.suites ?? [])]);
  const failures = specsIn(report.suites).flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ results }) =>
        failure(
          `${spec.file}:${spec.line} › ${spec.title}`,
          results.find(({ error }) => error !== undefined)?.error,
        ),
      ),
  );
  const outside = report.errors.map((error) => failure("outside of any test", error));
  return { passed: report.stats.expected, failures: [...failures, ...outside] };
}

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
 * @param {Outcome} [outcome]
 * @returns {Outcome}
 */
export function atLeastOneFailure(code, outcome = { passed: 0, failures: [] }) {
  const unnamed = code !== 0 && outcome.failures.length === 0;
  return unnamed ? { ...outcome, failures: [`ended with code ${code}`] } : outcome;
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
