import { describe, expect, test } from "vitest";
import { pipeline, type Steps } from "@/lib/repricing/check/check-pipeline";

/** A step that ends when the test says so. */
function gate() {
  let open = () => {};
  let fail = (_error: Error) => {};
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { open, fail, passed };
}

/** Lets everything that can go on without the test go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** So many numbers, a hundred at a time; everything that happens is counted. */
function line(items: number, over: Partial<Steps<number, number>> = {}) {
  const seen = { read: [] as number[], saved: [] as number[][], most: 0, loads: 0 };
  let next = 0;
  const steps: Steps<number, number> = {
    async load(inHand) {
      seen.loads += 1;
      seen.most = Math.max(seen.most, inHand.length);
      const count = Math.min(100, items - next);
      next += count;
      return Array.from({ length: count }, (_, nth) => next - count + nth);
    },
    async read(item) {
      seen.read.push(item);
      return item;
    },
    async save(read) {
      seen.saved.push(read);
    },
    isOver: () => false,
    ...over,
  };
  return { steps, seen };
}

test.each([0, 1, 39, 40, 250, 1_003])("%d items are each read and saved once", async (items) => {
  const { steps, seen } = line(items);
  expect(await pipeline(steps)).toBe(true);
  const all = Array.from({ length: items }, (_, nth) => nth);
  expect(seen.read).toEqual(all);
  expect(seen.saved.flat()).toEqual(all);
});

test("reading goes on while a batch is saved, but not without bound", async () => {
  const first = gate();
  let saves = 0;
  const { steps, seen } = line(50_000, {
    async save() {
      saves += 1;
      await first.passed;
    },
  });
  const running = pipeline(steps);
  for (let turn = 0; turn < 200; turn += 1) await settled();
  expect(saves).toBe(1);
  expect(seen.read.length).toBeGreaterThan(200);
  expect(seen.read.length).toBeLessThan(600);
  first.open();
  expect(await running).toBe(true);
  expect(seen.most).toBeLessThan(700);
});

test("one save at a time", async () => {
  let saving = 0;
  const { steps } = line(900, {
    async save() {
      saving += 1;
      await settled();
      expect(saving).toBe(1);
      saving -= 1;
    },
  });
  expect(await pipeline(steps)).toBe(true);
});

test("when it is over, what was begun is saved and the rest is left", async () => {
  const { steps, seen } = line(1_000, { isOver: () => seen.read.length >= 100 });
  expect(await pipeline(steps)).toBe(false);
  expect(seen.saved.flat()).toEqual(seen.read);
  expect(seen.read.length).toBeLessThan(130);
});

describe("it throws only after the save on its way has ended", () => {
  test("when it is stopped, and begins nothing more", async () => {
    const saving = gate();
    const stop = new AbortController();
    const { steps, seen } = line(1_000, { save: () => saving.passed });
    let isOver = false;
    const running = pipeline(steps, stop.signal).finally(() => {
      isOver = true;
    });
    running.catch(() => {});
    while (seen.read.length < 60) await settled();
    stop.abort(new Error("shutting down"));
    await settled();
    const begun = seen.read.length;
    expect(isOver).toBe(false);
    saving.open();
    await expect(running).rejects.toThrow("shutting down");
    expect(seen.read.length).toBe(begun);
  });

  test("when a read fails", async () => {
    const saving = gate();
    const saved: number[][] = [];
    const { steps } = line(1_000, {
      async read(item) {
        await settled();
        if (item === 150) throw new Error("a surprise");
        return item;
      },
      async save(read) {
        await saving.passed;
        saved.push(read);
      },
    });
    let isOver = false;
    const running = pipeline(steps).finally(() => {
      isOver = true;
    });
    running.catch(() => {});
    for (let turn = 0; turn < 50; turn += 1) await settled();
    expect([saved, isOver]).toEqual([[], false]);
    saving.open();
    await expect(running).rejects.toThrow("a surprise");
    expect(saved).toHaveLength(1);
  });
});

test("a save that fails fails the whole, and nothing after it is saved", async () => {
  let saves = 0;
  const { steps } = line(1_000, {
    async save() {
      saves += 1;
      throw new Error("the database is away");
    },
  });
  await expect(pipeline(steps)).rejects.toThrow("the database is away");
  expect(saves).toBe(1);
});

test("a load that fails fails the whole", async () => {
  const load = () => Promise.reject(new Error("no queue"));
  await expect(pipeline(line(0, { load }).steps)).rejects.toThrow("no queue");
});
