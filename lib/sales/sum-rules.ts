import type { WorkedOutLine } from "@/lib/costs/work-out-sales";
import { deliveryOf } from "@/lib/orders/delivery-model";
import { noTotals, type Totals } from "./model";
import { outcomeOf } from "./outcome-rules";

/** An order of a day, as far as figures go; amounts in ₸. */
export type CountedOrder = {
  status: string;
  orderedAt: Date;
  totalPrice: number;
  cityId: string | null;
  cityName: string | null;
  paymentMode: string | null;
  deliveryMode: string | null;
  isKaspiDelivery: boolean;
  express: boolean;
  sellerDeliveryCost: number | null;
  lines: readonly CountedLine[];
};

export type CountedLine = {
  sku: string | null;
  name: string;
  productId: string | null;
  category: string | null;
  quantity: number;
  /** What costs are counted with: pieces or kilograms; null: nobody can tell. */
  amount: number | null;
  totalPrice: number;
};

export type DaySum = Totals & {
  city: string;
  cityName: string;
  payment: string;
  delivery: string;
};

/** A day's orders by where from, how paid and how delivered. */
export function sumDay(orders: readonly CountedOrder[]): DaySum[] {
  const sums = new Map<string, DaySum>();
  for (const order of orders) {
    const cityName = order.cityName ?? "";
    const city = order.cityId ?? cityName;
    const payment = order.paymentMode ?? "";
    const delivery = deliveryOf(order) ?? "";
    const key = JSON.stringify([city, payment, delivery]);
    const sum = sums.get(key) ?? { ...noTotals, city, cityName, payment, delivery };
    sums.set(key, counted(sum, order));
  }
  return [...sums.values()];
}

function counted(sum: DaySum, { status, totalPrice }: CountedOrder): DaySum {
  switch (outcomeOf(status)) {
    case "cancelled":
      return {
        ...sum,
        cancelled: sum.cancelled + 1,
        cancelledSum: sum.cancelledSum + totalPrice,
      };
    case "returned":
      return { ...sum, returned: sum.returned + 1, returnedSum: sum.returnedSum + totalPrice };
    case "completed":
      return {
        ...sum,
        ...{ orders: sum.orders + 1, revenue: sum.revenue + totalPrice },
        ...{ completed: sum.completed + 1, completedSum: sum.completedSum + totalPrice },
      };
    case "open":
      return { ...sum, orders: sum.orders + 1, revenue: sum.revenue + totalPrice };
  }
}

const noLine = {
  ...{ orders: 0, units: 0, revenue: 0 },
  ...{ cancelledUnits: 0, cancelledSum: 0, returnedUnits: 0, returnedSum: 0 },
  ...{ knownRevenue: 0, knownUnits: 0, laterCostRevenue: 0, profit: 0 },
  ...{ cost: 0, packaging: 0, other: 0, returns: 0 },
  ...{ delivery: 0, commission: 0, kaspiPay: 0, tax: 0 },
};

export type LineSum = typeof noLine & {
  line: string;
  name: string;
  productId: string | null;
  category: string;
  missing: string[];
};

/** The longest key of a line without an article: Kaspi's names can be longer than an index takes. */
const LONGEST_KEY = 200;
export const lineKey = ({ sku, name }: Pick<CountedLine, "sku" | "name">): string =>
  sku ?? name.slice(0, LONGEST_KEY);

/** What was sold of each product on a day; `profits` are of the orders' lines, in their order. */
export function sumLines(
  orders: readonly CountedOrder[],
  profits: readonly (readonly WorkedOutLine[])[],
): LineSum[] {
  const sums = new Map<string, LineSum>();
  for (const [nth, order] of orders.entries())
    for (const [at, line] of order.lines.entries()) {
      const key = lineKey(line);
      const sum = sums.get(key) ?? newLine(key, line);
      sums.set(key, sum);
      addLine(sum, { order, line, worked: profits[nth]?.[at] });
    }
  return [...sums.values()];
}

const newLine = (line: string, { name, productId, category }: CountedLine): LineSum => ({
  ...noLine,
  ...{ line, name, productId, category: category ?? "", missing: [] },
});

type Added = { order: CountedOrder; line: CountedLine; worked: WorkedOutLine | undefined };

function addLine(sum: LineSum, { order, line, worked }: Added): void {
  const { quantity, totalPrice } = line;
  sum.productId ??= line.productId;
  switch (outcomeOf(order.status)) {
    case "cancelled":
      sum.cancelledUnits += quantity;
      sum.cancelledSum += totalPrice;
      return;
    case "returned":
      sum.returnedUnits += quantity;
      sum.returnedSum += totalPrice;
      return;
    default:
      sum.orders += 1;
      sum.units += quantity;
      sum.revenue += totalPrice;
      addProfit(sum, line, worked);
  }
}

function addProfit(sum: LineSum, line: CountedLine, worked: WorkedOutLine | undefined): void {
  const profit = worked?.profit;
  if (profit?.kind !== "known") {
    sum.missing = [...new Set([...sum.missing, ...(profit?.missing ?? [])])].sort();
    return;
  }
  sum.knownRevenue += line.totalPrice;
  sum.knownUnits += line.quantity;
  sum.profit += profit.profit;
  if (worked?.isLater) sum.laterCostRevenue += line.totalPrice;
  for (const [name, amount] of Object.entries(profit.expenses))
    sum[name as keyof typeof profit.expenses] += amount;
}
