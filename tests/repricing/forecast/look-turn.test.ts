import { expect, test } from "vitest";
import { inLookTurn } from "@/lib/repricing/forecast/look-turn";
import { person } from "../../support/person";

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
