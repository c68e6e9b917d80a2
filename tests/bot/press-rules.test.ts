import { expect, test } from "vitest";
import { pressOf, readPress } from "@/lib/bot/press-rules";
import { newsPressOf, readNewsPress } from "@/lib/telegram/news-press-model";

test("a button says which drawing it is on, and where", () => {
  expect(readPress(pressOf(12, 3))).toEqual({ drawing: 12, place: 3 });
});

test.each(["", "12", "12:", ":3", "12:3:4", "-1:2", "1e3:4", "x:1", `${"9".repeat(20)}:1`])(
  "«%s» is none of ours",
  (data) => {
    expect(readPress(data)).toBeNull();
  },
);

test("a button below a piece of news says which, and what is done", () => {
  const telling = "0b7e7a3e-4a57-4c52-9d2e-0f6f3a1d2c3b";
  expect(readNewsPress(newsPressOf(telling, "open"))).toEqual({
    ...{ telling, verb: "open", price: null },
  });
  const longest = newsPressOf(telling, "accept", 2_000_000_000);
  expect(readNewsPress(longest)).toEqual({ telling, verb: "accept", price: 2_000_000_000 });
  expect(longest.length).toBeLessThanOrEqual(64);
  expect(readNewsPress(`n:${telling}:steal`)).toBeNull();
  expect(readNewsPress("12:3")).toBeNull();
});
