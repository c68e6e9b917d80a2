import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { shorten } from "../../scripts/launcher/logs.mjs";
import { temporaryFolder } from "../support/folder";

const newFile = () => path.join(temporaryFolder(), "web.log");
const textOf = (name: string) => readFileSync(name, "utf8");

test("a log that is too long is put aside while its service goes on writing to it", () => {
  const file = newFile();
  const log = openSync(file, "a");
  writeSync(log, "before\n");
  shorten(file, 100);
  expect(textOf(file)).toBe("before\n");
  shorten(file, 5);
  writeSync(log, "after\n");
  closeSync(log);
  expect(textOf(`${file}.1`)).toBe("before\n");
  expect(textOf(file)).toBe("after\n");
});

test("a log that does not exist yet is left alone", () => {
  expect(() => shorten(newFile(), 5)).not.toThrow();
});
