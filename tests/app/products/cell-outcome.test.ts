import { expect, it } from "vitest";
import { cellOutcome } from "@/app/(office)/products/cell-outcome";
import type { ActionResult } from "@/lib/auth/action";

const refused = (fields: Record<string, string>): ActionResult<void> => ({
  ok: false,
  failure: { kind: "invalid", key: "invalid", text: "Проверьте поля.", retryAfterMs: null, fields },
});

it("says what is wrong with the cell rather than with the form", () => {
  const result = refused({ floor: "Слишком мало." });
  expect(cellOutcome(result, "floor")).toMatchObject({ failure: { text: "Слишком мало." } });
  expect(cellOutcome(result, "ceiling")).toMatchObject({ failure: { text: "Проверьте поля." } });
});

it("lets a success through", () => {
  expect(cellOutcome({ ok: true, value: undefined }, "floor")).toMatchObject({ ok: true });
});
