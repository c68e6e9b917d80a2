import { describe, expect, it } from "vitest";
import type { Rival } from "@/lib/rivals/list-model";
import { sellersLike } from "@/lib/rivals/list-rules";

const rival = (merchantId: string, name: string, cards: number): Rival => ({
  merchantId,
  name,
  cards,
  cheaper: 0,
  gap: null,
  seenAt: null,
});

const rivals = [
  rival("11271005", "Sulpak", 4),
  rival("30463420", "Алма Техно", 9),
  rival("17203946", "ТехноДом", 7),
  rival("30463421", "30463421", 1),
];

const like = (q: string, most = 8) => sellersLike(rivals, q, most).map(({ id }) => id);

describe("sellers to choose from", () => {
  it("are those met on most cards until somebody types", () => {
    expect(sellersLike(rivals, "", 2)).toEqual([
      { id: "30463420", name: "Алма Техно", cards: 9 },
      { id: "17203946", name: "ТехноДом", cards: 7 },
    ]);
  });

  it("have all the words in their name, in any order and case", () => {
    expect(like("техно")).toEqual(["30463420", "17203946"]);
    expect(like("ТЕХНО  алма")).toEqual(["30463420"]);
    expect(like("мечта")).toEqual([]);
  });

  it("are found by the beginning of their number, too", () => {
    expect(like("3046")).toEqual(["30463420", "30463421"]);
    expect(like("463420")).toEqual([]);
  });
});
