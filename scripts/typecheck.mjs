import "./node-version.mjs";
import path from "node:path";
import { bin, root } from "./paths.mjs";
import { run } from "./process/run.mjs";
import { whenRun } from "./process/when-run.mjs";

/** The application as the build sees it, everything with the tests, and these scripts. */
export const projects = ["tsconfig.json", "tests/tsconfig.json", "scripts/tsconfig.json"];

/** Writes the types of the routes, which exist only after this or a build. */
export function generateRouteTypes() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  return run(process.execPath, [bin.next, "typegen"], { cwd: root, env });
}

/** @param {string} project */
export function typecheck(project) {
  const tsc = path.join(root, "node_modules", ".bin", "tsc");
  return run(tsc, ["--noEmit", "-p", project], { cwd: root });
}

await whenRun(import.meta, async () => {
  const routes = await generateRouteTypes();
  const results = routes.code === 0 ? await Promise.all(projects.map(typecheck)) : [routes];
  for (const { output } of results) if (output) console.log(output);
  return results.some(({ code }) => code !== 0) ? 1 : 0;
});
