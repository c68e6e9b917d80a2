import { describe, expect, it } from "vitest";
import type { Rival } from "@/lib/rivals/list-model";
import { pageOfRivals } from "@/lib/rivals/list-rules";

const rival = (over: Partial<Rival>): Rival => ({
  merchantId: "m",
  name: "Магазин",
  cards: 1,
  cheaper: 0,
  gap: 0,
  seenAt: null,
  ...over,
});

const names = (rivals: Rival[], asked: Partial<Parameters<typeof pageOfRivals>[1]>) =>
  pageOfRivals(rivals, { q: "", sort: "-cheaper", page: 1, ...asked }).rows.map(({ name }) => name);

describe("the order of rivals", () => {
  const three = [
    rival({ merchantId: "1", name: "Технодом", cheaper: 2, cards: 9, gap: -50 }),
    rival({ merchantId: "2", name: "Алсер", cheaper: 7, cards: 8, gap: null }),
    rival({ merchantId: "3", name: "sulpak", cheaper: 2, cards: 12, gap: 30 }),
  ];

  it("begins with who undercuts us most, and of equals with who is met most", () => {
    expect(names(three, {})).toEqual(["Алсер", "sulpak", "Технодом"]);
  });

  it("puts what is not known last, up and down", () => {
    expect(names(three, { sort: "gap" })).toEqual(["Технодом", "sulpak", "Алсер"]);
    expect(names(three, { sort: "-gap" })).toEqual(["sulpak", "Технодом", "Алсер"]);
  });

  it("finds a name in any case, and a seller by their id", () => {
    expect(names(three, { q: "СУЛ" })).toEqual([]);
    expect(names(three, { q: "SUL" })).toEqual(["sulpak"]);
    expect(names(three, { q: "2" })).toEqual(["Алсер"]);
  });

  it("shows the last page for one that is not there", () => {
    const many = Array.from({ length: 120 }, (_, nth) => rival({ merchantId: `${nth}` }));
    const { rows, total, page } = pageOfRivals(many, { q: "", sort: "name", page: 9 });
    expect([rows.length, total, page]).toEqual([20, 120, 3]);
  });
});
