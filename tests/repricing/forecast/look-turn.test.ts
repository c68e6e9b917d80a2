import { expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { inLookTurn } from "@/lib/repricing/forecast/look-turn";

const person = (id: string): Caller => ({
  id,
  email: `${id}@example.kz`,
  name: id,
  role: "member",
  locale: "ru",
  canViewAllStores: false,
});

test("two looks of different people go on at once, one of each", async () => {
  const going: string[] = [];
  let end = () => {};
  const ended = new Promise<void>((done) => {
    end = done;
  });
  const look = (id: string) =>
    inLookTurn(person(id), async () => {
      going.push(id);
      await ended;
    });
  const looks = ["one", "one", "two", "three"].map(look);
  await new Promise(setImmediate);
  expect(going).toEqual(["one", "two"]);
  end();
  await Promise.all(looks);
  expect([...going].sort()).toEqual(["one", "one", "three", "two"]);
});
