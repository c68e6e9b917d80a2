import { realpathSync } from "node:fs";

/**
 * Does the module's work when it is the program itself and not somebody's import. A failure is said
 * in its own words, without a stack.
 * @param {ImportMeta} module
 * @param {() => Promise<number | void>} work answers the exit code
 */
export async function whenRun(module, work) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== module.filename) return;
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
