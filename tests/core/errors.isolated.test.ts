import { expect, test, vi } from "vitest";
import { AppError, isAppError } from "@/lib/core/errors";

/** As Next loads it: once in the bundle of the pages, once more in that of the jobs. */
async function otherBundle() {
  vi.resetModules();
  return import("@/lib/core/errors");
}

test("an expected failure is known in whichever bundle it was made", async () => {
  const other = await otherBundle();
  const theirs = new other.AppError("kaspi_unreachable");

  expect(theirs).not.toBeInstanceOf(AppError);
  expect(isAppError(theirs)).toBe(true);
  expect(isAppError(theirs, "kaspi_unreachable", "kaspi_timeout")).toBe(true);
  expect(isAppError(theirs, "not_found")).toBe(false);
});

test.each([
  ["a surprise", new TypeError("kaspi_unreachable")],
  ["what only looks like one", { kind: "not_found", name: "AppError" }],
  ["nothing", null],
  ["a word", "not_found"],
])("%s is not an expected failure", (_, error) => {
  expect(isAppError(error)).toBe(false);
});
