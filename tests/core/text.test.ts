import { expect, test } from "vitest";
import { storable } from "@/lib/core/text";

test.each([
  ["as it is, 😀 included", "Дүкен 😀 №1", "Дүкен 😀 №1"],
  ["without NUL", "a\0b\0", "ab"],
  ["without halves of characters", "a\uD83Db\uDE00", "ab"],
])("text is stored %s", (_what, text, stored) => {
  expect(storable(text)).toBe(stored);
});
