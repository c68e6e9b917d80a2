import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { productCitiesSchema } from "@/lib/products/model";
import { deliveryForm, ratesForm } from "@/lib/repricing/cost-floor/cost-form";
import { exclusionSchema } from "@/lib/rivals/model";
import { chooseCitySchema, storeCitiesSchema } from "@/lib/stores/model";
import { sourceFiles } from "../support/source-imports";

// Postgres refuses NUL and halves of characters: unless a door takes them out, somebody's request ends as
// an error of ours.

const storeId = "00000000-0000-4000-8000-000000000001";
const odd = "7\0\uD8001";

test("a city is asked for without what Postgres refuses", () => {
  expect(chooseCitySchema.parse({ storeId, cityId: odd })).toMatchObject({ cityId: "71" });
  expect(storeCitiesSchema.parse({ storeId, cityIds: [odd] })).toMatchObject({ cityIds: ["71"] });
  expect(productCitiesSchema.parse({ productId: storeId, cityIds: [odd] }).cityIds).toEqual(["71"]);
  expect(chooseCitySchema.safeParse({ storeId, cityId: "\0" }).success).toBe(false);
});

test("a tariff has its category and its source without it", () => {
  const head = { storeId, validFrom: "2026-01-01", source: odd };
  const rates = { ...head, kind: "commission", rates: [{ category: odd, rate: "5" }] } as const;
  expect(ratesForm.parse(rates)).toMatchObject({ source: "71", rates: [{ category: "71" }] });
  const bands = [{ scope: "city", priceFrom: "", weightTo: "", fee: "1" }] as const;
  expect(deliveryForm.parse({ ...head, bands: [...bands] })).toMatchObject({ source: "71" });
});

test("a seller that is left out has a number like those in a rule", () => {
  const fits = (merchantId: string) =>
    exclusionSchema.safeParse({ merchantId, excluded: true }).success;
  expect(["30463420", "Shop-1.kz_2"].filter(fits)).toHaveLength(2);
  expect(["", "a\0", "a b", "x".repeat(65), "магазин"].filter(fits)).toEqual([]);
});

const doors = sourceFiles.filter(
  (file) =>
    (file.startsWith("app/") && !file.endsWith("page.tsx")) ||
    /^lib\/(stores|products|rivals|ledger|repricing\/cost-floor)\/[\w-]*(model|form|address)\.ts$/.test(
      file,
    ),
);

test("no door of the office takes a text as it is", () => {
  expect(doors).toContain("app/(office)/products/actions.ts");
  const bare = doors.filter((file) =>
    /z\s*\.string\(\)(?!\s*\.(overwrite\(storable\)|regex\())/.test(readFileSync(file, "utf8")),
  );
  expect(bare).toEqual([]);
});
