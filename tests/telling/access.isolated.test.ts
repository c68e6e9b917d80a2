import { afterEach, expect, test, vi } from "vitest";
import { tellingAccess } from "@/lib/telling/access";

const TOKEN = "123456:a-token-as-the-father-of-bots-gives-it";
const KEY = `duken_${"a".repeat(38)}`;

afterEach(() => {
  vi.unstubAllEnvs();
  for (const kept of ["dukenEnv", "dukenTelegram"]) Reflect.deleteProperty(globalThis, kept);
});

test.each([
  [TOKEN, KEY, true],
  [TOKEN, "", false],
  ["", KEY, false],
])("with the token «%s» and the key «%s» the office has a bot: %s", (token, key, isThere) => {
  vi.stubEnv("TELEGRAM_BOT_TOKEN", token);
  vi.stubEnv("BOT_API_KEY", key);
  expect(tellingAccess().telegram !== null).toBe(isThere);
});
