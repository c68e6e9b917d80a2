import { readFileSync } from "node:fs";

/** A recorded answer of Kaspi, as text. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/kaspi/${name}`, import.meta.url), "utf8");
}

export function fixtureJson(name: string): unknown {
  return JSON.parse(fixture(name));
}

/** A recorded raw exchange, as an answer to give. */
export function fixtureAnswer(name: string) {
  const [head = "", body = ""] = fixture(name).split(/\r?\n\r?\n/);
  const [status = "", ...lines] = head.split(/\r?\n/).filter((line) => !line.startsWith("("));
  const headers = lines.map((line) => line.split(/: (.*)/).slice(0, 2));
  return { status: Number(status.split(" ")[1]), headers: Object.fromEntries(headers), body };
}
