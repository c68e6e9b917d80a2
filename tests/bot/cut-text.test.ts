import { expect, test } from "vitest";
import { buttonText, lineText, messageText } from "@/lib/bot/cut-text";

test("a message is no longer than Telegram takes, and no sign is halved", () => {
  expect(messageText("коротко")).toBe("коротко");
  const long = messageText("😀".repeat(4_000));
  expect(long.length).toBeLessThanOrEqual(4_096);
  expect(long.endsWith("😀…")).toBe(true);
});

test("a button is one line that fits on a phone", () => {
  expect(buttonText(" молоко\n и  хлеб ")).toBe("молоко и хлеб");
  expect(buttonText("а".repeat(100))).toHaveLength(40);
});

test("what stands beside it on a button is not cut off", () => {
  const due = " · 21 ноя, 18:00";
  expect(`${lineText("а".repeat(100), due.length)}${due}`).toHaveLength(40);
});

test.each(["", " ", "\u200b", "\u3164", "\u2060\u00ad"])(
  "a button on which nothing would be seen has something on it (%j)",
  (name) => {
    expect(buttonText(name)).toBe("…");
  },
);
