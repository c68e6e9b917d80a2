import { describe, expect, it } from "vitest";
import { around, covers, entries } from "./message-needs";

describe("messages in the browser", () => {
  it.each(entries)("are given to all that $file shows", (entry) => {
    const given = around(entry).flatMap(({ gives }) => gives);
    const missing = [...entry.needs]
      .filter(([need]) => !given.some((path) => covers(path, need)))
      .map(([need, file]) => `${need} (${file})`);
    expect(missing).toEqual([]);
  });

  it.each(entries.filter(({ gives }) => gives.length > 0))("of $file are all used", (entry) => {
    const inside = entries.filter((other) => around(other).includes(entry));
    const needs = inside.flatMap((other) => [...other.needs.keys()]);
    const idle = entry.gives.filter((path) => !needs.some((need) => covers(path, need)));
    expect(idle).toEqual([]);
  });
});
