import { run } from "../process/run.mjs";

/**
 * True when the browser finds its libraries and tells its version.
 * @param {string} executable
 */
export async function runsHere(executable) {
  const version = await run(executable, ["--version"], { timeout: 10_000 });
  return version.code === 0 && /\d+\.\d+/.test(version.output);
}
