import { stripVTControlCharacters } from "node:util";

const LINES_OF_STACK = 3;

/**
 * A failure as it is told beside the sum: where, what, and the first places of its stack.
 * @param {string} place
 * @param {{ message?: string, stack?: string } | undefined} error
 */
export function failure(place, error) {
  const message = (error?.message ?? "").split("\n")[0] ?? "";
  const stack = (error?.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, LINES_OF_STACK);
  return stripVTControlCharacters([`${place}: ${message}`, ...stack].join("\n"));
}
