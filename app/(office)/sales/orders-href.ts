import { UNSTATED } from "@/lib/orders/outcome-model";
import type { Period, SalesDimension } from "@/lib/sales/model";

export type Behind = {
  store: string | undefined;
  period: Period;
  outcome?: "sold" | "cancelled" | "returned";
};

type Part = { key: string; storeId?: string; line?: string };

/** What the list of orders calls what the figures are parted by. */
const names = {
  category: "category",
  city: "city",
  payment: "payment",
  delivery: "delivery",
} as const satisfies Partial<Record<SalesDimension, string>>;

/** The list of just those orders that a figure is made of, or a part of it. */
export function ordersHref(
  { store, period, outcome = "sold" }: Behind,
  by?: SalesDimension,
  part?: Part,
): string {
  const narrowed: Record<string, string> = { tab: "all", outcome, ...period };
  if (store) narrowed.store = store;
  if (part && by === "store") narrowed.store = part.key;
  else if (part && by === "product") {
    narrowed.store = part.storeId ?? "";
    narrowed.line = part.line ?? "";
  } else if (part && by && by !== "store" && by !== "product")
    narrowed[names[by]] = part.key === "" ? UNSTATED : part.key;
  return `/orders?${new URLSearchParams(narrowed)}`;
}
