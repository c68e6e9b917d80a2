import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export type Import = { path: string; typeOnly: boolean };

/** Every source file of ours, from the root of the project. */
export const sourceFiles = [
  "instrumentation.ts",
  ...["app", "components", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  ),
].filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"));

const sources = new Map(sourceFiles.map((file) => [file, readFileSync(file, "utf8")]));
export const sourceOf = (file: string) => sources.get(file) ?? "";

const known = new Set(sourceFiles);
const imports = new Map(sourceFiles.map((file) => [file, readImports(file)]));

function readImports(file: string): Import[] {
  const statements = sourceOf(file).matchAll(
    /^(?:import|export(?=\s+(?:type\s+)?[{*]))\s+(type\s)?[^"';]*?from\s+["']([^"']+)["']|^import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm,
  );
  return [...statements].flatMap(([, type, from, bare, dynamic]) => {
    const path = resolve(file, from ?? bare ?? dynamic ?? "");
    return path ? [{ path, typeOnly: type !== undefined }] : [];
  });
}

function resolve(file: string, specifier: string): string | undefined {
  const path = specifier.startsWith("@/")
    ? specifier.slice(2)
    : normalize(join(dirname(file), specifier));
  return [`${path}.ts`, `${path}.tsx`, join(path, "index.ts")].find((name) => known.has(name));
}

export const importsOf = (file: string) => (imports.get(file) ?? []).map(({ path }) => path);

/** Without what only types need. */
export const atRunTime = (file: string) =>
  (imports.get(file) ?? []).filter(({ typeOnly }) => !typeOnly).map(({ path }) => path);
