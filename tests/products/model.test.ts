import { expect, test } from "vitest";
import { productListSchema } from "@/lib/products/model";

test("the list's address may hold anything, and what cannot be asked of Postgres is left out", () => {
  const asked = { q: " a\0b\uD83D ", page: "-1", store: "1", sort: "price; drop", filter: [] };
  expect(productListSchema.parse(asked)).toEqual({
    q: "ab",
    page: 1,
    sort: "name",
    filter: "all",
    store: undefined,
  });
});
