import { z } from "zod";
import { storable } from "@/lib/core/text";
import { cancelReasons } from "./cancel-model";
import { historyChoices } from "./history-model";

const MOST_PARCELS = 100;
const LONGEST_COMMENT = 1_000;

const typedParcels = z
  .string()
  .trim()
  .regex(/^\d{1,3}$/, { error: "not_parcels" })
  .transform(Number)
  .refine((parcels) => parcels >= 1 && parcels <= MOST_PARCELS, { error: "not_parcels" });

const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accept") }),
  z.object({ kind: z.literal("assemble"), parcels: typedParcels }),
  z.object({ kind: z.literal("send_code") }),
  z.object({
    kind: z.literal("complete"),
    code: z
      .string()
      .trim()
      .regex(/^\d{4,10}$/, { error: "not_a_code" }),
  }),
  z.object({
    kind: z.literal("cancel"),
    reason: z.enum(cancelReasons),
    comment: z.string().overwrite(storable).trim().max(LONGEST_COMMENT).default(""),
  }),
  z.object({ kind: z.literal("arrive") }),
]);

/** What a person wants done to an order, and the state they saw it in. */
export const orderChangeForm = z.object({
  orderId: z.uuid(),
  seen: z.object({ state: z.string().max(100), status: z.string().max(100) }),
  change,
});
export type OrderChangeForm = z.output<typeof orderChangeForm>;

/** Null: all of one's own stores. */
export const readOrdersForm = z.object({ storeId: z.uuid().nullable() });

/** How far back a store's orders are to be read. */
export const historyForm = z.object({
  storeId: z.uuid(),
  days: z.enum(historyChoices).transform(Number),
});
