import { describe, expect, it } from "vitest";
import { AppError, type ErrorKind, errorKinds } from "@/lib/core/errors";
import { errorText } from "@/lib/i18n/error-text";
import { locales } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";

const kinds = Object.keys(errorKinds) as ErrorKind[];

describe("texts of errors", () => {
  it.each(locales)("exist in %s for every kind", (locale) => {
    const t = translator(locale);
    const fallback = errorText(t, { kind: "no_such_kind" as ErrorKind, key: "no_such_key" });
    for (const kind of kinds) {
      const text = errorText(t, new AppError(kind, kind, { retryAfterMs: 90_000 }));
      expect(text).not.toContain("{");
      expect(text).not.toBe(fallback);
    }
  });

  it("fall back from the key to the kind", () => {
    const t = translator("ru");
    const plain = errorText(t, { kind: "not_found", key: "not_found" });
    expect(errorText(t, { kind: "not_found", key: "whatever_new" })).toBe(plain);
    expect(errorText(t, { kind: "not_found", key: "Invalid input: expected string" })).toBe(plain);
  });

  it("say how long to wait", () => {
    const failure = {
      kind: "rate_limited",
      key: "too_many_logins",
      retryAfterMs: 12 * 60_000,
    } as const;
    expect(errorText(translator("ru"), failure)).toBe(
      "Слишком много попыток. Попробуйте через 12 мин.",
    );
  });

  it("write money with narrow spaces", () => {
    const failure = {
      kind: "confirmation_needed",
      key: "floor_far_below_price",
      params: { floor: 1_299, price: 12_990 },
    } as const;
    expect(errorText(translator("ru"), failure)).toContain("Минимум 1\u202f299\u202f₸ меньше");
  });
});
