import type { WorkedOutLine } from "@/lib/costs/work-out-sales";
import { deliveryOf } from "@/lib/orders/delivery-model";
import { lineKey, outcomeOf } from "@/lib/orders/outcome-model";
import { noTotals, type Totals } from "./model";

/** An order of a day, as far as figures go; amounts in ₸. */
export type CountedOrder = {
  status: string;
  orderedAt: Date;
  totalPrice: number;
  cityId: string | null;
  cityName: string | null;
  paymentMode: string | null;
  deliveryMode: string | null;
  isKaspiDelivery: boolean | null;
  express: boolean;
  sellerDeliveryCost: number | null;
  handedOverAt: Date | null;
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

function counted(sum: DaySum, order: CountedOrder): DaySum {
  const { status, totalPrice } = order;
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
        ...sold(sum, order),
        ...{ completed: sum.completed + 1, completedSum: sum.completedSum + totalPrice },
      };
    case "open":
      return sold(sum, order);
  }
}

function sold(sum: DaySum, { totalPrice, lines }: CountedOrder): DaySum {
  const isLineless = lines.length === 0;
  return {
    ...sum,
    ...{ orders: sum.orders + 1, revenue: sum.revenue + totalPrice },
    lineless: sum.lineless + (isLineless ? 1 : 0),
    linelessSum: sum.linelessSum + (isLineless ? totalPrice : 0),
  };
}

const noLine = {
  ...{ orders: 0, units: 0, revenue: 0 },
  ...{ cancelledUnits: 0, cancelledSum: 0, returnedUnits: 0, returnedSum: 0, lostDelivery: 0 },
  ...{ knownRevenue: 0, knownUnits: 0, laterCostRevenue: 0, profit: 0 },
  ...{ cost: 0, packaging: 0, other: 0, returns: 0 },
  ...{ delivery: 0, commission: 0, kaspiPay: 0, tax: 0 },
};

export type LineSum = typeof noLine & {
  line: string;
  sku: string | null;
  name: string;
  productId: string | null;
  category: string;
  missing: string[];
};

/** What was sold of each product on a day; `profits` are of the orders' lines, in their order. */
export function sumLines(
  orders: readonly CountedOrder[],
  profits: readonly (readonly WorkedOutLine[])[],
): LineSum[] {
  const sums = new Map<string, LineSum>();
  for (const [nth, order] of orders.entries()) {
    const met = new Set<string>();
    for (const [at, line] of order.lines.entries()) {
      const key = lineKey(line);
      const sum = sums.get(key) ?? newLine(key, line);
      sums.set(key, sum);
      addLine(sum, { order, line, worked: profits[nth]?.[at], isFirst: !met.has(key) });
      met.add(key);
    }
  }
  return [...sums.values()];
}

const newLine = (line: string, { sku, name, productId, category }: CountedLine): LineSum => ({
  ...noLine,
  ...{ line, sku, name, productId, category: category ?? "", missing: [] },
});

type Added = {
  order: CountedOrder;
  line: CountedLine;
  worked: WorkedOutLine | undefined;
  /** An order counts once, however many of its lines are of one product. */
  isFirst: boolean;
};

function addLine(sum: LineSum, { order, line, worked, isFirst }: Added): void {
  const { quantity, totalPrice } = line;
  sum.sku ??= line.sku;
  switch (outcomeOf(order.status)) {
    case "cancelled":
      sum.cancelledUnits += quantity;
      sum.cancelledSum += totalPrice;
      sum.lostDelivery += worked?.saidDelivery ?? 0;
      return;
    case "returned":
      sum.returnedUnits += quantity;
      sum.returnedSum += totalPrice;
      sum.lostDelivery += worked?.saidDelivery ?? 0;
      return;
    default:
      if (isFirst) sum.orders += 1;
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
