import { z } from "zod";
import { lacking } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { type StoreFigures, storeFigures } from "@/lib/sales/store-figures";
import { listStores } from "@/lib/stores/queries";
import { operation } from "../operation";

/** No order is older than Kaspi's shop. */
const day = z.iso
  .date({ error: "not_a_date" })
  .refine((date) => date >= "2014-01-01" && date < "3000-01-01", { error: "not_a_date" });
/** Products that are named. */
const BEST = 10;
const amount = z.int().describe("₸");

const salesSchema = z
  .object({
    from: day.describe("In the zone of the installation; both days are included"),
    to: day,
    orders: z
      .array(z.object({ date: day, count: z.int().min(0), amount }))
      .describe("Of each day: neither cancelled nor returned"),
    top_products: z.array(
      z.object({
        product_id: z.uuid().nullable().describe("null: not in the catalogue"),
        name: z.string(),
        quantity: z.number().min(0),
        amount,
      }),
    ),
    metrics: z.object({
      total_sales: amount,
      total_orders: z.int().min(0),
      avg_order_value: amount,
      cancellation_rate: z.number().describe("Per cent of all orders placed"),
      return_rate: z.number().describe("Per cent of all orders placed"),
    }),
    is_complete: z.boolean().describe("false: days are still being counted"),
  })
  .meta({ id: "Sales" });

const salesOfStore = operation({
  id: "salesOfStore",
  method: "GET",
  path: "/kaspi/sales/{store_id}/",
  aliases: ["/kaspi/get_sells_info/{store_id}/"],
  tag: "analytics",
  summary: "What a store has sold in a period, the last thirty days by default",
  scope: "read",
  params: z.object({ store_id: z.uuid() }),
  query: z.strictObject({ from: day.optional(), to: day.optional() }),
  answers: { 200: z.object({ success: z.literal(true), data: salesSchema }) },
  async handle({ caller, params: { store_id: store }, query: { from, to } }) {
    const { db, clock } = kaspiAccess();
    const [found] = await listStores(db, caller, store);
    if (!found) throw new AppError("not_found", "store_not_found");
    if (!found.may.includes("view_order")) throw lacking("view_order");
    const asked = { storeId: store, ...(from && { from }), ...(to && { to }) };
    const figures = await storeFigures(db, caller, asked, { now: clock(), best: BEST });
    return { body: { success: true, data: toAnswer(figures) } };
  },
});

function toAnswer({
  period,
  days,
  best,
  totals,
  stale,
}: StoreFigures): z.output<typeof salesSchema> {
  const { orders, revenue, cancelled, returned } = totals;
  const placed = orders + cancelled + returned;
  const percent = (part: number) => (placed === 0 ? 0 : Math.round((part / placed) * 1000) / 10);
  return {
    ...period,
    orders: days.map((one) => ({ date: one.day, count: one.orders, amount: one.revenue })),
    top_products: best.map(({ productId, name, units, revenue: sum }) => ({
      ...{ product_id: productId, name, quantity: units, amount: sum },
    })),
    metrics: {
      total_sales: revenue,
      total_orders: orders,
      avg_order_value: orders === 0 ? 0 : Math.round(revenue / orders),
      cancellation_rate: percent(cancelled),
      return_rate: percent(returned),
    },
    is_complete: stale === 0,
  };
}

export const analyticsOperations = [salesOfStore];
