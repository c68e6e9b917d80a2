import { describe, expect, it } from "vitest";
import { inFormerPlaces } from "@/app/(office)/products/steady-rows";

const rows = (ids: string) => [...ids].map((id) => ({ id }));
const placed = (former: string, now: string) =>
  inFormerPlaces([...former], rows(now))
    .map(({ id }) => id)
    .join("");

describe("rows under a hand", () => {
  it.each([
    ["abc", "cab", "abc"],
    ["abc", "abd", "abd"],
    ["abc", "dbc", "dbc"],
    ["abc", "cde", "dec"],
    ["abc", "ab", "ab"],
    ["ab", "cabd", "abcd"],
    ["abc", "", ""],
    ["", "ab", "ab"],
  ])("in places %s, now sorted as %s, stand as %s", (former, now, stands) => {
    expect(placed(former, now)).toBe(stands);
  });
});
