import { describe, expect, it } from "vitest";
import { messages } from "@/lib/i18n/messages";
import { mergeMessages, pickMessages } from "@/lib/i18n/pick";

const { ru } = messages;

describe("picked messages", () => {
  it("are groups and single ones, each where it was", () => {
    expect(pickMessages(ru, ["list.select", "errors.no_connection"])).toEqual({
      list: { select: ru.list.select },
      errors: { no_connection: ru.errors.no_connection },
    });
  });

  it("keep what another path of the same group has picked", () => {
    const { save, cancel } = ru.common.actions;
    expect(pickMessages(ru, ["common.actions.save", "common.actions.cancel"])).toEqual({
      common: { actions: { save, cancel } },
    });
  });

  it("are laid over others without losing them", () => {
    const above = pickMessages(ru, ["errors.no_connection"]);
    const both = mergeMessages(above, pickMessages(ru, ["errors"]));
    expect(both).toEqual({ errors: ru.errors });
    expect(above).toEqual({ errors: { no_connection: ru.errors.no_connection } });
  });

  it("stay whole when a message was taken apart at build", () => {
    const parts = { products: { row: { next: ["через ", ["when"]] } } };
    expect(mergeMessages(parts, { products: { row: { goes: "ушла" } } })).toEqual({
      products: { row: { ...parts.products.row, goes: "ушла" } },
    });
  });
});
