import { readFileSync } from "node:fs";

export function sample(name: string): unknown {
  const file = new URL(`../fixtures/kaspi/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * Where an answer lacks a key of the sample or has another type there. Null fits everything:
 * Kaspi's fields are null now and then. Of an array the first element stands for all.
 */
export function differences(expected: unknown, actual: unknown, path = "$"): string[] {
  if (expected === null || actual === null) return [];
  const [wanted, given] = [typeOf(expected), typeOf(actual)];
  if (wanted !== given) return [`${path}: ${given} instead of ${wanted}`];
  if (Array.isArray(expected)) {
    const [first] = actual as unknown[];
    const [wantedFirst] = expected as unknown[];
    if (wantedFirst === undefined || first === undefined) return [];
    return differences(wantedFirst, first, `${path}[0]`);
  }
  if (wanted !== "object") return [];
  const has = actual as Record<string, unknown>;
  return Object.entries(expected as Record<string, unknown>).flatMap(([key, value]) =>
    key in has ? differences(value, has[key], `${path}.${key}`) : [`${path}.${key} is missing`],
  );
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}
