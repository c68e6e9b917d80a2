import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bin, root } from "../paths.mjs";
import { run } from "../process/run.mjs";

/** What the application is built from. */
const sources = [
  "app",
  "components",
  "lib",
  "drizzle",
  "public",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.ts",
  "postcss.config.json",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/** Pages with nothing on them, to compare with: bare, and inside the shell of the office. */
const emptyPages = ["app/bench-empty", "app/(office)/bench-shell"];
const emptyPage = `export const dynamic = "force-dynamic";
export default function Empty() {
  return <main />;
}
`;

/** A route that answers with next to nothing, to compare with. */
const bareRoute = `export const dynamic = "force-dynamic";
export function GET() {
  return Response.json({ ok: true });
}
`;

/**
 * Builds a copy of the application that has the empty pages and the bare route as well; the checkout stays as it is.
 * @param {string} folder
 */
export async function buildBenchApp(folder) {
  console.log("Собираю приложение для замеров…");
  mkdirSync(folder, { recursive: true });
  for (const source of sources) copy(source, folder);
  const modules = path.join(root, "node_modules");
  const linked = await run("cp", ["-al", modules, folder]);
  if (linked.code !== 0) await succeed(run("cp", ["-a", modules, folder]));
  for (const page of emptyPages) {
    mkdirSync(path.join(folder, page), { recursive: true });
    writeFileSync(path.join(folder, page, "page.tsx"), emptyPage);
  }
  mkdirSync(path.join(folder, "app/bench-bare"), { recursive: true });
  writeFileSync(path.join(folder, "app/bench-bare/route.ts"), bareRoute);
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const next = path.join(folder, path.relative(root, bin.next));
  await succeed(run(process.execPath, [next, "build"], { cwd: folder, env }));
  return folder;
}

/**
 * @param {string} source
 * @param {string} folder
 */
function copy(source, folder) {
  try {
    cpSync(path.join(root, source), path.join(folder, source), { recursive: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
}

/** @param {Promise<{ code: number, output: string }>} running */
async function succeed(running) {
  const { code, output } = await running;
  if (code !== 0) throw new Error(output);
}
