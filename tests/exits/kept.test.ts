import { expect, test } from "vitest";
import { kept, shortMemory } from "@/lib/exits/kept";
import { testOffice } from "../support/office";

const { access } = await testOffice();

test("what is asked before every call is read once in a moment, and anew when it was changed here", async () => {
  let reads = 0;
  const memory = shortMemory("counted", async () => {
    reads += 1;
    return reads;
  });
  const asked = await Promise.all(Array.from({ length: 50 }, () => memory.get(access)));
  expect(new Set(asked)).toEqual(new Set([1]));
  memory.forget(access);
  expect(await memory.get(access)).toBe(2);
});

test("what could not be read is not remembered", async () => {
  let isBroken = true;
  const memory = shortMemory("mended", async () => {
    if (isBroken) throw new Error("no database");
    return "read";
  });
  await expect(memory.get(access)).rejects.toThrow("no database");
  isBroken = false;
  expect(await memory.get(access)).toBe("read");
});

test("a memory is one for all who have the access, by its name", () => {
  const one = kept("shared", () => new Set<string>());
  const other = kept("shared", () => new Set<string>());
  one(access).add("seen");
  expect([...other(access)]).toEqual(["seen"]);
});
