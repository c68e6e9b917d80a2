import { expect, test } from "vitest";
import { takeBrowserTurn } from "@/lib/kaspi/browser-turns";

/** Whether the promise is still waiting when everything that could go on has. */
async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  const waiting = Symbol("waiting");
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(waiting)])) === waiting;
}

test("a process opens two browsers at a time, the others wait in line", async () => {
  const [first, second] = [await takeBrowserTurn(), await takeBrowserTurn()];
  const third = takeBrowserTurn();
  const fourth = takeBrowserTurn();
  expect(await isWaiting(third)).toBe(true);
  first();
  const thirdEnds = await third;
  expect(await isWaiting(fourth)).toBe(true);
  second();
  (await fourth)();
  thirdEnds();
});

test("a turn given back twice is given to one", async () => {
  const [first, second] = [await takeBrowserTurn(), await takeBrowserTurn()];
  const third = takeBrowserTurn();
  const fourth = takeBrowserTurn();
  first();
  first();
  const thirdEnds = await third;
  expect(await isWaiting(fourth)).toBe(true);
  thirdEnds();
  (await fourth)();
  second();
});

test("who is told to stop leaves the line with the reason", async () => {
  const [first, second] = [await takeBrowserTurn(), await takeBrowserTurn()];
  const controller = new AbortController();
  const third = takeBrowserTurn(controller.signal);
  controller.abort(new Error("the person has left"));
  await expect(third).rejects.toThrow("the person has left");
  const fourth = takeBrowserTurn();
  first();
  (await fourth)();
  second();
  await expect(takeBrowserTurn(controller.signal)).rejects.toThrow("the person has left");
});
