import type { Calculation } from "@/lib/costs/calculate";
import type { Texts } from "./field-model";
import type { Said } from "./model";

export type SavedRow = {
  id: string;
  name: string;
  texts: Texts;
  savedAt: Date;
  said: Said;
  outcome: Calculation;
};

export type SavedColumn =
  | "name"
  | "price"
  | "cost"
  | "category"
  | "packaging"
  | "other"
  | "returns"
  | "weight"
  | "commission"
  | "pay"
  | "tax"
  | "delivery"
  | "profit"
  | "margin"
  | "breakEven"
  | "wished"
  | "saved";

type Column = {
  header: string;
  width: number;
  value: (row: SavedRow) => string | number | Date | null;
};

type Line = NonNullable<Calculation["profit"]>["lines"][number]["line"];

const lineOf = ({ outcome }: SavedRow, line: Line): number | null =>
  outcome.profit?.lines.find((one) => one.line === line)?.amount ?? null;

const floorOf = (floor: Calculation["wished"]): number | null =>
  floor?.kind === "floor" ? floor.floor : null;

const WIDE = 40;
const NARROW = 14;

/** The columns of a file of calculations. Money in ₸, the share in percent. */
export function savedSheet(header: (name: SavedColumn) => string): Column[] {
  const column = (name: SavedColumn, value: Column["value"], width = NARROW): Column => ({
    header: header(name),
    width,
    value,
  });
  return [
    column("name", ({ name }) => name, WIDE),
    column("price", ({ said }) => said.price),
    column("cost", ({ outcome }) => outcome.expenses.cost),
    column("category", ({ said }) => said.category, WIDE),
    column("packaging", ({ outcome }) => outcome.expenses.packaging),
    column("other", ({ outcome }) => outcome.expenses.other),
    column("returns", ({ outcome }) => outcome.expenses.returns),
    column("weight", ({ outcome }) => outcome.expenses.weightGrams),
    column("commission", (row) => lineOf(row, "commission")),
    column("pay", (row) => lineOf(row, "kaspi_pay")),
    column("tax", (row) => lineOf(row, "tax")),
    column("delivery", (row) => lineOf(row, "delivery")),
    column("profit", ({ outcome }) => outcome.profit?.profit ?? null),
    // Kept in hundredths of a percent.
    column("margin", ({ outcome }) => (outcome.profit ? outcome.profit.margin / 100 : null)),
    column("breakEven", ({ outcome }) => floorOf(outcome.breakEven)),
    column("wished", ({ outcome }) => floorOf(outcome.wished)),
    column("saved", ({ savedAt }) => savedAt, 20),
  ];
}
