import { expect, test } from "vitest";
import { inTurns } from "@/lib/core/in-turns";

/** Work that ends when it is told to. */
function held(name: string, log: string[]) {
  let end = () => {};
  const work = () =>
    new Promise<string>((done) => {
      log.push(name);
      end = () => done(name);
    });
  return { work, end: () => end() };
}

test("so much of it goes on at once for a key, and the rest in the order it came", async () => {
  const run = inTurns("in order", { most: 2 });
  const log: string[] = [];
  const works = ["a", "b", "c", "d"].map((name) => held(name, log));
  const all = works.map(({ work }) => run("key", work));
  const other = run("other key", async () => log.push("other"));
  await other;
  expect(log).toEqual(["a", "b", "other"]);
  works[1]?.end();
  await all[1];
  expect(log.at(-1)).toBe("c");
  works[0]?.end();
  await all[0];
  expect(log.at(-1)).toBe("d");
  for (const { end } of works) end();
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
});

test("who would be too far back is turned away, and there is room again when somebody has gone", async () => {
  const run = inTurns("short", { most: 1, waiting: { most: 1, error: "too_many_looks" } });
  const log: string[] = [];
  const first = held("first", log);
  const one = run("key", first.work);
  const two = run("key", async () => "second");
  await expect(run("key", async () => "third")).rejects.toMatchObject({
    kind: "rate_limited",
    key: "too_many_looks",
  });
  first.end();
  await Promise.all([one, two]);
  expect(await run("key", async () => "fourth")).toBe("fourth");
});
