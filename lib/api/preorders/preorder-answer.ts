import { z } from "zod";
import type { Translator } from "@/lib/i18n/translator";
import { tablePoint } from "@/lib/preorders/points-model";
import type { PreorderRow } from "@/lib/preorders/queries";
import { whyText } from "@/lib/preorders/words";

const moment = z.iso.datetime();
const quantity = z.int().min(0);

/** What programs call where a preorder stands; ours, which says more, is `state`. */
export const apiStatuses = ["processing", "completed", "cancelled"] as const;
export type ApiStatus = (typeof apiStatuses)[number];

export const preorderAnswer = z
  .object({
    id: z.uuid(),
    store_id: z.uuid(),
    product_id: z.uuid(),
    article: z.string().describe("The seller's article of the product"),
    name: z.string(),
    brand: z.string().nullable(),
    price: z.int().describe("₸"),
    warehouses: z
      .array(z.object({ id: z.int().min(1).max(5), quantity }))
      .describe("The points PP1 to PP5"),
    points: z
      .array(z.object({ point_id: z.string(), quantity }))
      .describe("All points, by the ids Kaspi gives them"),
    delivery_days: z.int().min(0).max(30),
    status: z.enum(apiStatuses),
    state: z
      .enum(["draft", "sent", "active", "cancelled", "completed"])
      .describe("`active` only once Kaspi shows it"),
    ending: z
      .enum(["cancelled", "completed"])
      .nullable()
      .describe("What it becomes once Kaspi's row is put right"),
    error: z.string().nullable().describe("The key of why it waits or was not sent"),
    message: z.string().nullable().describe("The same in the caller's language"),
    sent_at: moment.nullable(),
    active_at: moment.nullable(),
    ended_at: moment.nullable(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "Preorder" });

export const statusOf = (state: PreorderRow["status"]): ApiStatus =>
  state === "completed" || state === "cancelled" ? state : "processing";

export function toPreorderAnswer(row: PreorderRow, t: Translator): z.input<typeof preorderAnswer> {
  const { points, merchantId, status, why } = row;
  return {
    id: row.id,
    store_id: row.storeId,
    product_id: row.productId,
    article: row.article,
    name: row.name,
    brand: row.brand,
    price: row.price,
    warehouses: points.flatMap(({ pointId, quantity: count }) => {
      const id = tablePoint(pointId, merchantId);
      return id === null ? [] : [{ id, quantity: count }];
    }),
    points: points.map(({ pointId, quantity: count }) => ({ point_id: pointId, quantity: count })),
    delivery_days: row.leadDays,
    status: statusOf(status),
    state: status,
    ending: row.ending,
    error: why,
    message: why === null ? null : whyText(t, why),
    sent_at: row.sentAt?.toISOString() ?? null,
    active_at: row.activeAt?.toISOString() ?? null,
    ended_at: row.endedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** What became of a product that was asked for in a piece of work. */
export const pushedAnswer = z.object({
  preorder_id: z.uuid(),
  product_id: z.uuid(),
  article: z.string(),
  state: preorderAnswer.shape.state,
  error: z.string().nullable(),
  message: z.string().nullable(),
});

export function toPushedAnswer(row: PreorderRow, t: Translator): z.input<typeof pushedAnswer> {
  const { id, product_id, article, state, error, message } = toPreorderAnswer(row, t);
  return { preorder_id: id, product_id, article, state, error, message };
}
