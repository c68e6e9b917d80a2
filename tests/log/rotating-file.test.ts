import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rotatingFile } from "@/lib/log/rotating-file";
import { temporaryFolder } from "../support/folder";

const line = (n: number) => `${String(n).padStart(9, "0")}\n`;

async function writeLines(path: string, from: number, to: number): Promise<void> {
  const file = rotatingFile(path, { size: 100, kept: 3 });
  await once(file, "ready");
  for (let n = from; n < to; n += 1) {
    const written = once(file, "write");
    file.write(line(n));
    await written;
  }
  file.end();
  await once(file, "close");
}

test("a log is put aside when it is long, and the oldest goes", async () => {
  const folder = join(temporaryFolder(), "logs");
  const path = join(folder, "duken.log");
  await writeLines(path, 0, 15);
  await writeLines(path, 15, 55);

  const files = ["", ".1", ".2", ".3"].map((age) => `duken.log${age}`);
  expect(readdirSync(folder).sort()).toEqual(files);
  const whole = files.reverse().map((name) => readFileSync(join(folder, name), "utf8"));
  expect(whole.join("")).toBe(Array.from({ length: 35 }, (_, n) => line(20 + n)).join(""));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
