import { expect, it } from "vitest";
import { inBatches, readAhead } from "@/lib/core/read-ahead";

it("asks for the next item before the one at hand is done with", async () => {
  const asked: number[] = [];
  async function* source() {
    for (const item of [1, 2, 3]) {
      asked.push(item);
      yield item;
    }
  }
  const seen: [item: number, asked: number[]][] = [];
  for await (const item of readAhead(source())) {
    await Promise.resolve();
    seen.push([item, [...asked]]);
  }
  expect(seen).toEqual([
    [1, [1, 2]],
    [2, [1, 2, 3]],
    [3, [1, 2, 3]],
  ]);
});

it("fails where its source fails, after what came before", async () => {
  async function* source() {
    yield 1;
    throw new Error("gone");
  }
  const seen: number[] = [];
  const read = async () => {
    for await (const item of readAhead(source())) seen.push(item);
  };
  await expect(read()).rejects.toThrow("gone");
  expect(seen).toEqual([1]);
});

it("ends its source when nobody listens any more", async () => {
  let isEnded = false;
  async function* source() {
    try {
      yield 1;
      yield 2;
    } finally {
      isEnded = true;
    }
  }
  for await (const _ of readAhead(source())) break;
  expect(isEnded).toBe(true);
});

it("puts items together, what came before a failure before it", async () => {
  async function* source(fails: boolean) {
    for (const item of [1, 2, 3]) yield item;
    if (fails) throw new Error("gone");
  }
  const seen: number[][] = [];
  for await (const batch of inBatches(source(false), 2)) seen.push(batch);
  expect(seen).toEqual([[1, 2], [3]]);
  const read = async () => {
    for await (const batch of inBatches(source(true), 2)) seen.push(batch);
  };
  await expect(read()).rejects.toThrow("gone");
  expect(seen.slice(2)).toEqual([[1, 2], [3]]);
});
