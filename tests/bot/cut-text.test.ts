import { expect, test } from "vitest";
import { buttonText, messageText } from "@/lib/bot/cut-text";

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
