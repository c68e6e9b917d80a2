import { readFileSync } from "node:fs";

/** A recorded answer of Kaspi, as text. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/kaspi/${name}`, import.meta.url), "utf8");
}

export function fixtureJson(name: string): unknown {
  return JSON.parse(fixture(name));
}
