import { writeFileSync } from "node:fs";
import { failure } from "./failure.mjs";

/**
 * What the sum of all suites needs of vitest, in the file `TEST_REPORT` names. Its own JSON report
 * is silent about errors outside of a test, which fail a run all the same.
 */
export default class VitestReport {
  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<import("vitest").SerializedError>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const failures = [
      ...tests
        .filter((test) => test.result().state === "failed")
        .map((test) => failure(place(test.module, test.fullName), test.result().errors?.[0])),
      ...suites.flatMap((suite) =>
        suite
          .errors()
          .map((error) => failure(place(suite.type === "module" ? suite : suite.module), error)),
      ),
      ...unhandledErrors.map((error) => failure("outside of any test", error)),
    ];
    const passed = tests.filter((test) => test.result().state === "passed").length;
    writeFileSync(process.env.TEST_REPORT ?? "", JSON.stringify({ passed, failures }));
  }
}

/**
 * @param {import("vitest/node").TestModule} module
 * @param {string} [name]
 */
function place(module, name) {
  return [module.relativeModuleId, name].filter(Boolean).join(" › ");
}
