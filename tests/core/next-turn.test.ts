import { expect, test } from "vitest";
import { nextTurn } from "@/lib/core/next-turn";

/** Work whose each turn ends when it is told to. */
function turns() {
  const begun: ((answer: number) => void)[] = [];
  const ask = nextTurn(() => new Promise<number>((end) => begun.push(end)));
  /** Everything that is ready to go on has gone on. */
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { begun, ask, settled };
}

test("who asks before the work begins shares it; who asks while it is under way gets the next", async () => {
  const { begun, ask, settled } = turns();
  const early = [ask(), ask()];
  await settled();
  expect(begun).toHaveLength(1);
  const late = [ask(), ask()];
  await settled();
  expect(begun).toHaveLength(1);
  begun[0]?.(1);
  expect(await Promise.all(early)).toEqual([1, 1]);
  await settled();
  expect(begun).toHaveLength(2);
  begun[1]?.(2);
  expect(await Promise.all(late)).toEqual([2, 2]);
});

test("work that fails fails for those who asked for it, and for nobody after them", async () => {
  let isBroken = true;
  const ask = nextTurn(async () => {
    if (isBroken) throw new Error("no");
    return 7;
  });
  await expect(Promise.all([ask(), ask()])).rejects.toThrow("no");
  isBroken = false;
  expect(await ask()).toBe(7);
});
